"""未回答の見守り: what waits, how long, and who was told."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.ui.asking import actor_of
from yui.people.commons.queries.helping.waiting import MOST, service_level, waiting_for


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the questions without an answer, the longest waiting first."""
    actor = actor_of(request)
    rows = waiting_for(actor)
    context = {
        "rows": rows,
        "late": sum(row.is_late for row in rows),
        "is_cut": len(rows) == MOST,
        "level": service_level(actor),
    }
    return render(request, "commons/waiting.html", context)
