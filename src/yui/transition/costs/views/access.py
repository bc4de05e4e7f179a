"""What every page of the room asks first: who reads, and for which organisation he may act."""

from django.http import HttpRequest

from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation


def actor_of(request: HttpRequest) -> Actor:
    """Return who reads."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def organisations_with(actor: Actor, verb: Verb) -> list[Organisation]:
    """Return the organisations for which the actor may do ``verb``."""
    found = Organisation.objects.active()
    if not actor.is_system:
        found = found.filter(pk__in=actor.organisation_ids_with(verb))
    return list(found)
