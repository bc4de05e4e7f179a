"""Who was asked to answer a question, as far as one reader is told."""

from dataclasses import dataclass

from yui.kernel.policy import Actor
from yui.people.commons.models import HelpRequest, Post, Question
from yui.people.commons.policies import is_moderator, wrote
from yui.people.commons.queries.helping.askable_people import Helper, helpers_for, wants_help
from yui.people.commons.queries.helping.reasons import reason_words

_PART = "part of a question that was read"


@dataclass(frozen=True)
class Asked:
    """A person who was asked, with the reasons in words."""

    name: str
    reasons: list[str]
    is_declined: bool


@dataclass(frozen=True)
class Offered:
    """A person who could be asked, with the reasons in words."""

    helper: Helper
    reasons: list[str]


@dataclass(frozen=True)
class HelpOnQuestion:
    """What the page of a question says of helping.

    Attributes:
        may_ask: whether the reader sees and asks people.
        offered: who could be asked.
        asked: who was asked.
        own: the open request to the reader himself, with its reasons in words.
    """

    may_ask: bool = False
    offered: tuple[Offered, ...] = ()
    asked: tuple[Asked, ...] = ()
    own: tuple[HelpRequest, list[str]] | None = None


def may_ask_for_help(actor: Actor, question: Question, opening: Post) -> bool:
    """Return whether the actor may ask people: the asker, and moderators of a question under a name.

    Who could answer an unnamed question is shown to its asker alone: whoever is missing among the people, or
    was not asked, could be the asker.
    """
    if wrote(actor, opening):
        return True
    return not opening.is_unnamed and is_moderator(actor, question)


def help_on(actor: Actor, question: Question, opening: Post) -> HelpOnQuestion:
    """Return what the reader of a question is told of helping."""
    if not wants_help(question):
        return HelpOnQuestion()
    requests = HelpRequest.objects.unscoped(_PART).filter(question=question).select_related("user")
    rows = list(requests.order_by("asked_at", "pk"))
    own = next((row for row in rows if row.user_id == actor.user_id and row.declined_at is None), None)
    own_words = (own, reason_words(own.reasons)) if own else None
    if not may_ask_for_help(actor, question, opening):
        return HelpOnQuestion(own=own_words)
    return HelpOnQuestion(
        may_ask=True,
        offered=tuple(Offered(each, reason_words(each.reasons)) for each in helpers_for(question)),
        asked=tuple(
            Asked(row.user.name, reason_words(row.reasons), row.declined_at is not None) for row in rows
        ),
        own=own_words,
    )
