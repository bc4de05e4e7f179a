"""One series: a ward beside the others, and where the figures come from."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.governance.statistics.views.access import visible_series


@login_required
@require_safe
def series_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a series."""
    return render(request, "statistics/series.html", {"series": visible_series(request, code)})
