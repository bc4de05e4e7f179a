"""出典: what a source is, its series, and the files taken in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.governance.statistics.queries.series import series_for
from yui.governance.statistics.views.access import actor_of, visible_source


@login_required
@require_safe
def source_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a source."""
    source = visible_source(request, pk)
    context = {"source": source, "series": series_for(actor_of(request)).filter(source=source)}
    return render(request, "statistics/source.html", context)
