"""Whose events a person may read: those of the own organisations, and of the wards that these watch."""

from yui.kernel.lake.reach import Reach, visible_codes
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import watched_by


def reach_of(actor: Actor) -> Reach:
    """Return how far ``actor`` may reach into the stored events."""
    if actor.is_system:
        return Reach.of(actor)
    watched = Organisation.objects.filter(pk__in=watched_by(actor)).values_list("code", flat=True)
    return Reach(
        visible_codes(actor) | frozenset(watched), None, "the actor's own organisations and those they watch"
    )


def wards_within(reach: Reach) -> list[Organisation]:
    """Return the active organisations whose events lie within reach, in official order."""
    found = Organisation.objects.active()
    return list(found if reach.codes is None else found.filter(code__in=sorted(reach.codes)))
