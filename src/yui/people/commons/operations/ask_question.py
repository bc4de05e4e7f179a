"""Ask a question."""

from collections.abc import Sequence
from dataclasses import dataclass

from yui.kernel.calendar_jp import now
from yui.kernel.links import kind_and_id, urn
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, Visibility
from yui.kernel.writing.characters import neutralised
from yui.people.commons.models import PostKind, Question, QuestionState, QuestionStep
from yui.people.commons.operations.posting import Writing, added_post
from yui.people.commons.operations.tagging import ensure_tags
from yui.people.commons.operations.telling import notify_of_post, shown_name, tell
from yui.people.commons.operations.texts import LONGEST_TITLE, checked_text
from yui.people.commons.policies import require_member


@dataclass(frozen=True)
class QuestionFacts:
    """What a question is about and who sees it.

    Attributes:
        title: one line.
        visibility: ``own``, ``participants`` or ``wards``.
        participants: the chosen bodies when the visibility is ``participants``.
        tags: words.
        area_id: standard business area, or None.
        system_id: system of the registry, or None.
        about_urn: the record from which the question was asked, or empty.
    """

    title: str
    visibility: str = Visibility.WARDS
    participants: Sequence[Organisation] = ()
    tags: Sequence[str] = ()
    area_id: int | None = None
    system_id: int | None = None
    about_urn: str = ""


@operation("commons.question.ask")
def ask_question(actor: Actor, *, facts: QuestionFacts, writing: Writing) -> Question:
    """Ask a question in the name of one of the actor's bodies.

    Raises:
        PermissionRefused: when the actor does not belong to ``writing.posted_for``.
        NothingWritten, TextTooLong, PersonalNumberWritten, TooManyTags: for what was written.
        ValidationError: when the title is empty or the visibility is none of the three.
        UnknownKind: when ``facts.about_urn`` is no name of a record.
    """
    require_member(actor, writing.posted_for)
    at = now()
    question = Question(
        organisation=writing.posted_for,
        visibility=facts.visibility,
        title=checked_title(facts.title, numbers_confirmed=writing.numbers_confirmed),
        area_id=facts.area_id,
        system_id=facts.system_id,
        about_urn=urn(*kind_and_id(facts.about_urn)) if facts.about_urn else "",
        asked_at=at,
        last_activity_at=at,
    )
    question.full_clean()
    question.save()
    if facts.visibility == Visibility.PARTICIPANTS:
        question.participants.add(*facts.participants)
    question.tags.add(*ensure_tags(facts.tags))
    post = added_post(actor, question, PostKind.QUESTION, writing)
    by = None if post.is_unnamed else actor.user_id
    QuestionStep.objects.create(question=question, state=QuestionState.OPEN, at=at, by_id=by)
    tell(question, "を投稿しました。", data={"post": post.pk}, shown_as=shown_name(post))
    notify_of_post(actor, post)
    return question


def checked_title(title: str, *, numbers_confirmed: bool = False) -> str:
    """Return a title on one line, in the form in which it is kept.

    Raises: as ``checked_text``.
    """
    line = " ".join(neutralised(title).split())
    return checked_text(line, longest=LONGEST_TITLE, numbers_confirmed=numbers_confirmed)
