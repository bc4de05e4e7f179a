"""What a reader asks of the bridge, read from the address of a page."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.policy import Actor
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.models import AllocatedCost
from yui.transition.costs.queries.bridge import Question, Span
from yui.transition.costs.queries.monthly import METRICS, costs_visible_to

NAMES = ("from", "from_end", "to", "to_end")
EVERY_SYSTEM = "*"
"""In the address an empty system means the lines that belong to none (未対応)."""


def newest_month(actor: Actor) -> Month | None:
    """Return the newest month with costs that the reader may see, or whose share he bears."""
    own, borne = costs_visible_to(actor), AllocatedCost.objects.visible_to(actor)
    found = [costs.order_by("-month").values_list("month", flat=True).first() for costs in (own, borne)]
    months = [Month.parse(text) for text in found if text]
    return max(months, default=None)


def usual_spans(newest: Month) -> tuple[Span, Span]:
    """Return the fiscal year up to its newest month, and the same months one year before."""
    first = newest.fiscal_year.months[0]
    return Span(first.shift(-12), newest.shift(-12)), Span(first, newest)


def question_of(request: HttpRequest, newest: Month) -> tuple[Question, str]:
    """Return what the address asks, and what is wrong with it (then the usual spans are compared)."""
    before, after = usual_spans(newest)
    problem = ""
    try:
        before, after = _spans(request, before, after)
    except DateNotUnderstood as error:
        problem = str(error)
    metric, category = request.GET.get("metric", ""), request.GET.get("category", "")
    system = request.GET.get("system", EVERY_SYSTEM)
    question = Question(
        before,
        after,
        ward=request.GET.get("ward", ""),
        system=None if system == EVERY_SYSTEM else system,
        category=category if category in CostCategory.values else "",
        metric=metric if metric in METRICS else METRICS[0],
        is_allocated=request.GET.get("allocated") == "1",
    )
    return question, problem


def _spans(request: HttpRequest, before: Span, after: Span) -> tuple[Span, Span]:
    """Read the ends of both spans; ends in the wrong order are turned, a missing end is the beginning."""
    first, last, later, end = (
        Month.parse(text) if (text := request.GET.get(name, "")) else None for name in NAMES
    )
    return _span(first, last) or before, _span(later, end) or after


def _span(first: Month | None, last: Month | None) -> Span | None:
    """Return the months between two ends in any order; ``None`` where neither is given."""
    ends = sorted(month for month in (first, last) if month is not None)
    return Span(ends[0], ends[-1]) if ends else None


def as_query(question: Question, **more: Any) -> str:
    """Return the question as the query of an address."""
    values = {
        "from": question.before.first,
        "from_end": question.before.last,
        "to": question.after.first,
        "to_end": question.after.last,
        "metric": question.metric,
    }
    if question.is_allocated:
        values["allocated"] = "1"
    if question.ward:
        values["ward"] = question.ward
    if question.system is not None:
        values["system"] = question.system
    if question.category:
        values["category"] = question.category
    return urlencode({**values, **more})
