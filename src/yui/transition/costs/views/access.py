"""What every page of the room asks first: who reads, and for which organisation he may act."""

from django.http import HttpRequest

from yui.transition.costs.queries.monthly import METRICS


def metric_of(request: HttpRequest) -> str:
    """Return the metric that the address asks for, the billed cost where it names none."""
    metric = request.GET.get("metric", "")
    return metric if metric in METRICS else METRICS[0]
