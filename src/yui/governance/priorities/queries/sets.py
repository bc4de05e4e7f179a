"""Sets, rounds, options and criteria as a reader may see them."""

from yui.governance.priorities.models import Criterion, Option, PrioritySet, Round
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet


def sets_for(actor: Actor) -> ScopedQuerySet:
    """Return the sets that the actor may see, with their organisations."""
    return PrioritySet.objects.visible_to(actor).select_related("organisation")


def options_of(actor: Actor, priority_set: PrioritySet) -> list[Option]:
    """Return the options in their order."""
    return list(Option.objects.visible_to(actor).filter(priority_set=priority_set))


def criteria_of(actor: Actor, priority_set: PrioritySet) -> list[Criterion]:
    """Return the criteria in their order."""
    return list(Criterion.objects.visible_to(actor).filter(priority_set=priority_set))


def rounds_of(actor: Actor, priority_set: PrioritySet) -> list[Round]:
    """Return the rounds, first to last."""
    return list(Round.objects.visible_to(actor).filter(priority_set=priority_set))
