"""Months, wards and metrics that a page is asked for by its address."""

from django.http import Http404, HttpRequest

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.transition.costs.queries.monthly import METRICS


def months_asked(request: HttpRequest) -> tuple[Month | None, Month | None, str]:
    """Return the first and last month asked for (``from``, ``to``), and what is wrong with them."""
    months: list[Month | None] = []
    for name in ("from", "to"):
        text = request.GET.get(name, "")
        try:
            months.append(Month.parse(text) if text else None)
        except DateNotUnderstood as error:
            return None, None, str(error)
    return months[0], months[1], ""


def month_asked(request: HttpRequest) -> str:
    """Return the one month asked for (``month``) as ``YYYY-MM``, empty where none is.

    Raises:
        Http404: for what is no month.
    """
    text = request.GET.get("month", "")
    try:
        return str(Month.parse(text)) if text else ""
    except DateNotUnderstood as error:
        raise Http404(str(error)) from error


def metric_asked(request: HttpRequest) -> str:
    """Return the metric asked for, the billed cost unless it is a known other one."""
    metric = request.GET.get("metric", "")
    return metric if metric in METRICS else METRICS[0]
