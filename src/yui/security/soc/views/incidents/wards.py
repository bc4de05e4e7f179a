"""The wards whose incidents a reader may work."""

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import Entrustment


def wards_of(actor: Actor, verb: Verb) -> list[Organisation]:
    """Return the organisations for whose incidents the actor may do ``verb``: his own, and those watched."""
    active = Organisation.objects.active()
    if actor.is_system:
        return list(active)
    own = actor.organisation_ids_with(verb)
    watched = (
        Entrustment.objects.unscoped("entrustments tell whom a joint body watches")
        .valid_on(today())
        .filter(body_id__in=sorted(own))
        .values("organisation_id")
    )
    return list(active.filter(pk__in=own) | active.filter(pk__in=watched))
