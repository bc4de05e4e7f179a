"""What every page of incidents asks first: who reads, which incident, what he may do with it."""

from django.http import HttpRequest

from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.ui.asking import actor_of, visible_or_404
from yui.security.soc.models import Incident
from yui.security.soc.policies import may
from yui.security.soc.queries.incidents.incidents import incidents_for


def visible_incident(request: HttpRequest, pk: int) -> Incident:
    """Return an incident that the reader may see, or answer 404."""
    found: Incident = visible_or_404(
        incidents_for(actor_of(request)).select_related(
            "organisation", "commander", "merged_into", "reported_by"
        ),
        pk=pk,
    )
    return found


def may_work(request: HttpRequest, incident: Incident) -> bool:
    """Tell whether the reader may change the incident."""
    return may(actor_of(request), Verb.EDIT, incident.organisation)


def require_work(request: HttpRequest, incident: Incident) -> None:
    """Answer 403 to whoever sees the incident but may not change it."""
    if not may_work(request, incident):
        raise PermissionRefused(actor_of(request), Verb.EDIT)
