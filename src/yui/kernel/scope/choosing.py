"""Organisations for which somebody may act."""

from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation


def organisations_with(actor: Actor, verb: Verb) -> list[Organisation]:
    """Return the organisations for which the actor may do ``verb``, in official order."""
    found = Organisation.objects.active()
    if not actor.is_system:
        found = found.filter(pk__in=actor.organisation_ids_with(verb))
    return list(found)


def kept_by(actor: Actor) -> list[Organisation]:
    """Return the organisations in whose name the actor may add something, joint bodies first.

    A person of the secretariat adds for all; wards stay in official order.
    """
    return sorted(organisations_with(actor, Verb.EDIT), key=lambda each: each.is_ward)
