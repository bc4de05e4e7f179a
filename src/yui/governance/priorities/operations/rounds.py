"""What operations on a round have in common: the stored set and its round, locked."""

from yui.governance.priorities.errors import RoundIsClosed
from yui.governance.priorities.models import PrioritySet, Round
from yui.kernel.links import urn


def locked_set(priority_set: PrioritySet) -> PrioritySet:
    """Return the stored set, locked until the operation ends."""
    found: PrioritySet = (
        PrioritySet.objects.owned_by(priority_set.organisation)
        .select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=priority_set.pk)
    )
    return found


def open_round(priority_set: PrioritySet) -> Round:
    """Return the round that is going on.

    Raises:
        RoundIsClosed: when the set has been decided.
    """
    found: Round | None = (
        Round.objects.owned_by(priority_set.organisation)
        .filter(priority_set=priority_set, closed_on__isnull=True)
        .first()
    )
    if found is None:
        raise RoundIsClosed
    return found


def subject_of(priority_set: PrioritySet) -> str:
    """Return the URN under which the ledger writes of the set."""
    return urn("priorities.set", priority_set.pk)
