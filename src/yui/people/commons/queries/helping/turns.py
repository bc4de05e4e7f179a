"""The mentors' turns as the page shows them, and who may take one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor, Verb, allows
from yui.kernel.scope.models import Organisation
from yui.organisations.public import Membership, User
from yui.people.commons.engine.turns import ONE_WEEK, monday_of
from yui.people.commons.models import HelperProfile, MentorTurn
from yui.people.commons.policies import is_secretariat

PAST_WEEKS = 4
_WHY = "whose turn it is, is for all to know"


@dataclass(frozen=True)
class TurnRow:
    """A week.

    Attributes:
        is_current: whether it is this week.
        may_name: whether the reader names the person.
        people: those of the ward who take turns; empty for readers who do not name anybody.
        may_swap: whether the reader may let it change places with another week.
    """

    turn: MentorTurn
    ends_on: date
    is_current: bool
    may_name: bool
    people: Sequence[User]
    may_swap: bool


def turn_rows(actor: Actor) -> list[TurnRow]:
    """Return the turns from four weeks ago on."""
    monday = monday_of(today())
    turns = list(
        MentorTurn.objects.visible_to(actor)
        .filter(starts_on__gte=monday - ONE_WEEK * PAST_WEEKS)
        .select_related("organisation", "mentor")
    )
    secretariat = is_secretariat(actor)
    named = {
        turn.organisation_id: turn.organisation
        for turn in turns
        if turn.starts_on >= monday and (secretariat or allows(actor, Verb.ADMINISTER, turn.organisation))
    }
    people = {key: ready_for_turns(organisation) for key, organisation in named.items()}
    return [
        TurnRow(
            turn=turn,
            ends_on=turn.starts_on + timedelta(days=6),
            is_current=turn.starts_on == monday,
            may_name=turn.starts_on >= monday and turn.organisation_id in named,
            people=people.get(turn.organisation_id, ()),
            may_swap=turn.starts_on >= monday and turn.organisation_id in named,
        )
        for turn in turns
    ]


def ready_for_turns(organisation: Organisation) -> list[User]:
    """Return the people of a body who take turns, by name; for those who name one."""
    held = Membership.objects.owned_by(organisation).valid_on(today()).filter(user__is_active=True)
    willing = HelperProfile.objects.filter(takes_turns=True).values("user_id")
    keys = held.filter(user_id__in=willing).values("user_id")
    return list(User.objects.filter(pk__in=keys).order_by("name_ja", "pk"))


def turn_of_week(day: date) -> MentorTurn | None:
    """Return the turn of the day's week; None where none is planned."""
    found: MentorTurn | None = (
        MentorTurn.objects.unscoped(_WHY)
        .filter(starts_on=monday_of(day))
        .select_related("organisation", "mentor")
        .first()
    )
    return found
