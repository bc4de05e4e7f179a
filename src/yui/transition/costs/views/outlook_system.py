"""The series behind one system's outlook: method, error and coming months of each."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import Month
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.rows import grouped_text
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.methods import label_of
from yui.transition.costs.queries.outlook import outlook_for
from yui.transition.costs.queries.outlook_parts import ZERO, Series
from yui.transition.costs.views.outlook import assumed_rates, chosen_system, percent_text


@login_required
@require_safe
def outlook_system(request: HttpRequest) -> HttpResponse:
    """Show the series of one ward's system, and lead to the bill lines of its newest month."""
    ward = get_object_or_404(Organisation, code=request.GET.get("ward", ""))
    system = request.GET.get("system", "")
    assumed, _problem = assumed_rates(request.GET)
    found = outlook_for(actor_of(request), ward=ward.code, assumed=assumed)
    row = chosen_system(found, system)
    assert found is not None
    series = [each for each in found.series if each.forecast.key.system == system]
    months = [
        each.month for each in found.months if any(each.month.index in one.forecast.points for one in series)
    ]
    query = urlencode({"ward": ward.code, "system": system, "month": found.runs[0].last_month})
    context = {
        "row": row,
        "outlook": found,
        "months": months,
        "series": [_told(each, months) for each in series],
        "lines_url": f"{reverse('costs:lines')}?{query}" if row.part.actual.rows else "",
        "lines_month": Month.parse(found.runs[0].last_month),
    }
    return render(request, "costs/outlook_system.html", context)


def _told(series: Series, months: list[Month]) -> dict[str, Any]:
    forecast = series.forecast
    backtest = forecast.backtest
    return {
        "key": forecast.key,
        "category": CostCategory(forecast.key.category).label
        if forecast.key.category in CostCategory.values
        else forecast.key.category,
        "method": label_of(forecast.method),
        "is_assumed": forecast.is_assumed,
        "months": forecast.months,
        "filled": forecast.filled,
        "wape": percent_text(backtest.wape if backtest else None),
        "mase": f"{backtest.mase:.2f}" if backtest and backtest.mase is not None else "",
        "coverage": percent_text(backtest.coverage_80 if backtest else None),
        "rivals": [
            (label_of(name), f"{mase:.2f}") for name, mase in forecast.rivals.items() if mase is not None
        ],
        "points": [
            grouped_text(forecast.points[month.index]) if month.index in forecast.points else ""
            for month in months
        ],
        "total": grouped_text(sum(forecast.points.values(), ZERO)) if forecast.points else "",
    }
