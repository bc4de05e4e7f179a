"""The list of questions, newest activity first, by pages that begin after a known question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor
from yui.kernel.writing import plain_text
from yui.people.commons.models import (
    HelpRequest,
    HiddenAuthor,
    Post,
    PostKind,
    Question,
    QuestionState,
    Tag,
)
from yui.registry.public import visible_system

PAGE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_QUOTED = 600
_EXCERPT = 120
_PART = "part of a question that was read"
_OWN = "the reader's own"


class FeedTab(StrEnum):
    """Which questions are listed."""

    ALL = "all"
    WAITING = "waiting"
    SOLVED = "solved"
    FOLLOWING = "following"
    ASKED = "asked"
    MINE = "mine"


TAB_WORDS = {
    FeedTab.ALL: _("新着"),
    FeedTab.WAITING: _("回答を待っている"),
    FeedTab.SOLVED: _("解決"),
    FeedTab.FOLLOWING: _("フォロー中"),
    FeedTab.ASKED: _("回答を頼まれた"),
    FeedTab.MINE: _("自分の質問"),
}


@dataclass(frozen=True)
class FeedConditions:
    """What is listed: a tab, narrowed by tag key, area code, system, ward code."""

    tab: FeedTab = FeedTab.ALL
    tag: str = ""
    area: str = ""
    system: int | None = None
    ward: str = ""


@dataclass(frozen=True)
class QuestionCard:
    """A question as the list shows it; ``author_name`` is what everybody may read."""

    question: Question
    author_name: str
    excerpt: str
    tags: Sequence[Tag]


@dataclass(frozen=True)
class FeedPage:
    """A page of the list; ``after`` asks for the next one, empty on the last."""

    cards: Sequence[QuestionCard]
    after: str


def feed_page(actor: Actor, conditions: FeedConditions, after: str = "") -> FeedPage:
    """Return the page that begins after ``after``, as a former page told it; the first for anything else."""
    questions = _narrowed(actor, conditions)
    if (start := _read_cursor(after)) is not None:
        at, key = start
        questions = questions.filter(Q(last_activity_at__lt=at) | Q(last_activity_at=at, pk__lt=key))
    found = list(
        questions.select_related("organisation", "area").order_by("-last_activity_at", "-pk")[: PAGE + 1]
    )
    shown = found[:PAGE]
    more = _cursor(shown[-1]) if len(found) > PAGE else ""
    return FeedPage(cards_of(shown), more)


def cards_of(questions: Sequence[Question]) -> list[QuestionCard]:
    """Return the cards of questions that were read for somebody."""
    keys = [question.pk for question in questions]
    opening: dict[int, Post] = {
        post.question_id: post
        for post in Post.objects.unscoped(_PART)
        .filter(question_id__in=keys, kind=PostKind.QUESTION)
        .select_related("author", "external_author", "posted_for")
    }
    tags: dict[int, list[Tag]] = {key: [] for key in keys}
    through = Question.tags.through
    for row in through.objects.filter(question_id__in=keys).select_related("tag").order_by("tag__key"):
        tags[row.question_id].append(row.tag)
    return [
        QuestionCard(
            question,
            author_name_of(opening[question.pk]),
            excerpt_of(opening[question.pk].body),
            tags[question.pk],
        )
        for question in questions
    ]


def author_name_of(post: Post) -> str:
    """Return the author's name as everybody may read it: the department where the name is hidden."""
    if post.is_unnamed:
        department = post.shown_department or str(_("部署も伏せています"))
        return f"{department}({_('名前を伏せています')})"
    author: Any = post.external_author or post.author
    return str(author.name) if author is not None else "—"


def excerpt_of(body: str) -> str:
    """Return the beginning of a text without its markup, on one line."""
    words = " ".join(plain_text(body[:_QUOTED]).split())
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT]}…"


def _narrowed(actor: Actor, conditions: FeedConditions) -> Any:
    questions = Question.objects.visible_to(actor).shown()
    match conditions.tab:
        case FeedTab.WAITING:
            questions = questions.unanswered()
        case FeedTab.SOLVED:
            questions = questions.filter(state=QuestionState.SOLVED)
        case FeedTab.FOLLOWING:
            questions = questions.followed_by(actor)
        case FeedTab.ASKED:
            asked = HelpRequest.objects.unscoped(_OWN).filter(user_id=actor.user_id, declined_at=None)
            questions = questions.filter(pk__in=asked.values("question_id"))
        case FeedTab.MINE:
            questions = questions.filter(own_questions(actor))
    if conditions.tag:
        questions = questions.filter(tags__key=conditions.tag)
    if conditions.area:
        questions = questions.filter(area__code=conditions.area)
    if conditions.system is not None and visible_system(actor, conditions.system) is not None:
        questions = questions.filter(system_id=conditions.system)
    if conditions.ward:
        questions = questions.filter(organisation__code=conditions.ward)
    return questions


def visible_tag(actor: Actor, key: str) -> Tag | None:
    """Return a tag that stands on a question which the reader may see."""
    found = Tag.objects.filter(key=key).first()
    if found is None or not Question.objects.visible_to(actor).shown().filter(tags=found).exists():
        return None
    return found


def follows_tag(actor: Actor, tag: Tag) -> bool:
    """Return whether the person follows a tag."""
    return actor.user_id is not None and tag.follows.filter(user_id=actor.user_id).exists()


def own_questions(actor: Actor) -> Q:
    """Return the condition of the questions that the person asked, also without a name.

    The keys are read first: a person has few, and the list is not searched for them.
    """
    if actor.user_id is None:
        return Q(pk__in=[])
    named = Post.objects.unscoped(_OWN).filter(kind=PostKind.QUESTION, author_id=actor.user_id)
    hidden = HiddenAuthor.objects.unscoped(_OWN).filter(user_id=actor.user_id, post__kind=PostKind.QUESTION)
    keys = named.order_by().values_list("question_id", flat=True)
    return Q(pk__in=set(keys.union(hidden.values_list("post__question_id", flat=True))))


def _cursor(question: Question) -> str:
    return f"{(question.last_activity_at - _EPOCH) // timedelta(microseconds=1)}_{question.pk}"


def _read_cursor(text: str) -> tuple[datetime, int] | None:
    numbers = text.split("_")
    if len(numbers) != 2 or not all(one.isascii() and one.isdecimal() and len(one) < 18 for one in numbers):
        return None
    return _EPOCH + timedelta(microseconds=int(numbers[0])), int(numbers[1])
