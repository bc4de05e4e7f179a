"""The HTTP API of the commons: questions with their posts, tags; asking, answering, marking as solved.

Whoever wrote without a name has none here either: names come from ``author_name_of`` only.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from ninja.errors import HttpError

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, Visibility
from yui.kernel.tables.api_pages import asking
from yui.people.commons.errors import NoSuchPost
from yui.people.commons.models import Tag
from yui.people.commons.operations.answer_question import answer_question
from yui.people.commons.operations.ask_question import QuestionFacts, ask_question
from yui.people.commons.operations.posting import Writing
from yui.people.commons.operations.solve_question import solve_question
from yui.people.commons.policies import own_organisations
from yui.people.commons.queries.departments import department_of
from yui.people.commons.queries.feed import FeedConditions, FeedTab, QuestionCard, cards_of, feed_page
from yui.people.commons.queries.tags import TagCount, tags_for
from yui.people.commons.queries.thread import ThreadPost, thread_of
from yui.registry.public import area_keys, visible_system

router = Router()


class QuestionOut(Schema):
    """A question; ``author`` is the name as everybody may read it, a department where it is hidden."""

    id: int
    organisation_code: str
    title: str
    author: str
    state: str
    visibility: str
    tags: list[str]
    area_code: str
    asked_at: datetime
    last_activity_at: datetime
    first_answer_at: datetime | None
    first_answer_minutes: int | None
    solved_at: datetime | None
    solved_by: str
    answers: int
    thanks: int
    url: str


class QuestionList(Schema):
    """A page of questions, the latest activity first; ``after`` asks for the next one, empty on the last."""

    items: list[QuestionOut]
    after: str


class FileOut(Schema):
    """A file of a post, and where it is fetched from."""

    id: int
    name: str
    size: int


class PostOut(Schema):
    """A post; ``body`` is Markdown, ``parent_id`` the answer that a comment belongs to."""

    id: int
    kind: str
    parent_id: int | None
    author: str
    is_unnamed: bool
    organisation_code: str
    body: str
    revision: int
    posted_at: datetime
    edited_at: datetime | None
    is_solving: bool
    thanks: int
    files: list[FileOut]


class ThreadOut(Schema):
    """A question with one page of its answers and all their comments, in the order of the page."""

    question: QuestionOut
    posts: list[PostOut]
    page: int
    pages: int


class TagOut(Schema):
    """A tag, and on how many questions that the asking person may see it stands."""

    name: str
    questions: int


class Asked(Schema):
    """Which questions; ``tab`` is ``all``, ``waiting``, ``solved``, ``following``, ``asked`` or ``mine``."""

    tab: FeedTab = FeedTab.ALL
    tag: str = ""
    area: str = ""
    system: int | None = None
    ward: str = ""
    after: str = ""


class AnswerIn(Schema):
    """What somebody writes; ``organisation`` is a code, by default the writer's first body."""

    body: str
    organisation: str = ""
    is_unnamed: bool = False
    numbers_confirmed: bool = False


class QuestionIn(AnswerIn):
    """What somebody asks; ``visibility`` is ``own``, ``participants`` (then name them) or ``wards``."""

    title: str
    visibility: str = Visibility.WARDS
    participants: list[str] = []
    tags: list[str] = []
    area: str = ""
    system: int | None = None


class SolvingIn(Schema):
    """What solved the question: the key of an answer, or how else and a note."""

    answer: int | None = None
    how: str = ""
    note: str = ""


class Created(Schema):
    """The key of what was written."""

    id: int


class Refusal(Schema):
    """Why a step was not taken."""

    messages: list[str]


@router.get("/commons/questions", response=QuestionList, summary="Questions")
def list_questions(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return the questions that the asking person may see, the latest activity first."""
    conditions = FeedConditions(
        asked.tab, Tag.key_of(asked.tag), asked.area[:20], asked.system, asked.ward[:12]
    )
    page = feed_page(asking(request), conditions, asked.after)
    return {"items": [_question(card) for card in page.cards], "after": page.after}


@router.get("/commons/questions/{question_id}", response=ThreadOut, summary="One question")
def get_question(request: HttpRequest, question_id: int, page: int = 1) -> dict[str, Any]:
    """Return a question with its posts; one that the asking person may not see does not exist."""
    thread = thread_of(asking(request), question_id, page)
    if thread is None:
        raise HttpError(404, "Not Found")
    posts = [thread.opening, *thread.opening.comments]
    for answer in thread.answers:
        posts += [answer, *answer.comments]
    return {
        "question": _question(cards_of([thread.question])[0]),
        "posts": [_post(one) for one in posts],
        "page": thread.page,
        "pages": thread.pages,
    }


@router.get("/commons/tags", response=list[TagOut], summary="Tags")
def list_tags(request: HttpRequest) -> list[TagCount]:
    """Return the tags of the questions that the asking person may see, the most used first."""
    return tags_for(asking(request))


@router.post("/commons/questions", response={201: Created, 422: Refusal}, summary="Ask")
def create_question(request: HttpRequest, asked: QuestionIn) -> Any:
    """Ask a question in the name of one of the asking person's bodies."""
    actor = asking(request)
    facts = QuestionFacts(
        title=asked.title,
        visibility=asked.visibility,
        participants=list(Organisation.objects.active().filter(code__in=asked.participants)),
        tags=asked.tags,
        area_id=area_keys().get(asked.area),
        system_id=asked.system if asked.system and visible_system(actor, asked.system) else None,
    )
    return _written(lambda: ask_question(actor, facts=facts, writing=_writing(actor, asked)))


@router.post(
    "/commons/questions/{question_id}/answers", response={201: Created, 422: Refusal}, summary="Answer"
)
def create_answer(request: HttpRequest, question_id: int, given: AnswerIn) -> Any:
    """Answer a question."""
    actor = asking(request)
    return _written(lambda: answer_question(actor, question=question_id, writing=_writing(actor, given)))


@router.post(
    "/commons/questions/{question_id}/solve", response={201: Created, 422: Refusal}, summary="Mark as solved"
)
def solve(request: HttpRequest, question_id: int, given: SolvingIn) -> Any:
    """Mark a question as solved: its asker, or a moderator."""
    return _written(lambda: solve_question(asking(request), question=question_id, **given.dict()))


def _question(card: QuestionCard) -> dict[str, Any]:
    """Return what the API says of a question."""
    question = card.question
    same = ("id", "title", "state", "visibility", "asked_at", "last_activity_at", "first_answer_at")
    return {name: getattr(question, name) for name in (*same, "first_answer_minutes", "solved_at")} | {
        "organisation_code": question.organisation.code,
        "author": card.author_name,
        "tags": [tag.name for tag in card.tags],
        "area_code": question.area.code if question.area else "",
        "solved_by": question.solved_by,
        "answers": question.answer_count,
        "thanks": question.thanks_count,
        "url": question.get_absolute_url(),
    }


def _post(one: ThreadPost) -> dict[str, Any]:
    """Return what the API says of a post."""
    same = ("id", "kind", "parent_id", "is_unnamed", "body", "revision", "posted_at", "edited_at")
    return {name: getattr(one.post, name) for name in same} | {
        "author": one.author_name,
        "organisation_code": one.post.posted_for.code,
        "is_solving": one.is_solving,
        "thanks": one.post.thanks_count,
        "files": [{"id": file.pk, "name": file.name, "size": file.size} for file in one.files],
    }


def _writing(actor: Actor, given: AnswerIn) -> Writing:
    """Return the text in the name of the body that was named, or of the first one.

    Raises:
        HttpError: 403 where the person does not belong to it.
    """
    bodies = [body for body in own_organisations(actor) if given.organisation in ("", body.code)]
    if not bodies:
        raise HttpError(403, "Forbidden")
    department = department_of(actor, bodies[0]) if given.is_unnamed else ""
    return Writing(
        body=given.body,
        posted_for=bodies[0],
        is_unnamed=given.is_unnamed,
        department=department,
        numbers_confirmed=given.numbers_confirmed,
    )


def _written(run: Callable[[], Any]) -> Status[Any]:
    """Run an operation; what it refuses answers 422 with the reason, what is out of sight 404."""
    try:
        made = run()
    except NoSuchPost as error:
        raise HttpError(404, "Not Found") from error
    except ValidationError as error:
        return Status(422, {"messages": error.messages})
    return Status(201, {"id": made.pk})
