"""What every page of the room asks first: who reads, and for which organisation he may act."""

from django.http import HttpRequest

from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.transition.costs.queries.monthly import METRICS


def organisations_with(actor: Actor, verb: Verb) -> list[Organisation]:
    """Return the organisations for which the actor may do ``verb``."""
    found = Organisation.objects.active()
    if not actor.is_system:
        found = found.filter(pk__in=actor.organisation_ids_with(verb))
    return list(found)


def metric_of(request: HttpRequest) -> str:
    """Return the metric that the address asks for, the billed cost where it names none."""
    metric = request.GET.get("metric", "")
    return metric if metric in METRICS else METRICS[0]
