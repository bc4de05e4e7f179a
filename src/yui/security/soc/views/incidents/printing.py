"""印刷: an incident on one page, for a meeting or a file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import now
from yui.security.soc.queries.incidents.moments import standing_of
from yui.security.soc.queries.incidents.papers import paper_rows
from yui.security.soc.queries.incidents.timeline import timeline_of
from yui.security.soc.views.incidents.access import visible_incident
from yui.security.soc.views.incidents.overview import steps_of
from yui.security.soc.views.incidents.page import incident_page
from yui.security.soc.views.incidents.systems import system_rows
from yui.security.soc.views.incidents.tasks import phases_of

ENTRIES = 300


@login_required
@require_safe
def incident_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything that is known, as it prints."""
    found = visible_incident(request, pk)
    standing = standing_of(found)
    rows, _others = paper_rows(found, standing, now())
    context = {
        "steps": [step for step in steps_of(standing, found.round) if step.moment],
        "systems": system_rows(found, now()),
        "papers": rows,
        "phases": phases_of(found, now()),
        "entries": timeline_of(found)[:ENTRIES][::-1],
        "now": now(),
    }
    return incident_page(request, found, "report.html", context, standing=standing)
