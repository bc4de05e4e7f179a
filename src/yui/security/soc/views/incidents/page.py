"""What every page of one incident shows around its own content, and what its forms do when they are sent."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.kernel.calendar_jp import now
from yui.kernel.ui.asking import attempt
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


def form_page(
    request: HttpRequest,
    incident: Incident,
    template: str,
    form: BaseForm,
    *,
    call: Callable[[], Any],
    said: str,
    leads_to: str,
    **shown: Any,
) -> HttpResponse:
    """Show a form on a page of the incident; when it is sent, run the operation, say so and go on.

    Args:
        request: the reader's.
        incident: the one that the page is about.
        template: the page.
        form: as it was sent, or as it begins.
        call: runs the operation.
        said: what the reader is told when it is done.
        leads_to: the address where he goes on.
        shown: what else the page shows.
    """
    if request.method == "POST":
        done, _result = attempt(form, call)
        if done:
            messages.success(request, said)
            return redirect(leads_to)
    status = 422 if form.errors else 200
    return incident_page(request, incident, template, {"form": form, **shown}, status=status)
