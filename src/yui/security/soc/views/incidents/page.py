"""What every page of one incident shows around its own content."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yui.kernel.calendar_jp import now
from yui.security.soc.models import ENDED_STATES, Incident
from yui.security.soc.queries.incidents.clock import clock_of
from yui.security.soc.queries.incidents.incidents import is_serious
from yui.security.soc.queries.incidents.moments import Standing, standing_of
from yui.security.soc.views.incidents.access import may_work


def incident_page(
    request: HttpRequest,
    incident: Incident,
    template: str,
    context: dict[str, Any],
    *,
    standing: Standing | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with a page of the incident: its head, its clock, whether it runs, what the reader may do."""
    times = standing if standing is not None else standing_of(incident)
    around = {
        "incident": incident,
        "clock": clock_of(incident, times, now()),
        "has_ended": incident.state in ENDED_STATES,
        "is_serious": is_serious(incident),
        "may_work": may_work(request, incident),
    }
    return render(request, f"soc/incidents/{template}", around | context, status=status)
