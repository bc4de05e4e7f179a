"""Reads the weeks that a step is about, locked."""

from collections.abc import Sequence

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor
from yui.people.commons.engine.turns import monday_of
from yui.people.commons.errors_helping import NoSuchTurn
from yui.people.commons.models import MentorTurn


def locked_turns(actor: Actor, keys: Sequence[int]) -> list[MentorTurn]:
    """Return the weeks in the order asked for, locked until the step ends.

    Raises:
        NoSuchTurn: when one is not there for the actor, or is over.
    """
    found = {
        turn.pk: turn
        for turn in MentorTurn.objects.visible_to(actor)
        .filter(pk__in=keys, starts_on__gte=monday_of(today()))
        .select_related("organisation", "mentor")
        .select_for_update(of=("self",))
    }
    if set(keys) != set(found):
        raise NoSuchTurn
    return [found[key] for key in keys]
