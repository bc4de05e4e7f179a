"""Incidents as a reader may see them."""

from collections.abc import Mapping

from yui.kernel.policy import Actor
from yui.security.soc.models import Incident, Severity
from yui.security.soc.models.incident import IncidentQuerySet

LARGE_LEAK = 1_000
"""People from whose number on a leak counts as 大規模 in the KGI (docs/incidents.md)."""


def incidents_for(actor: Actor) -> IncidentQuerySet:
    """Return the incidents that the actor may see, with their ward and commander, newest first."""
    incidents: IncidentQuerySet = Incident.objects.visible_to(actor).select_related(
        "organisation", "commander"
    )
    return incidents


def is_serious(incident: Incident) -> bool:
    """Tell whether an incident counts in the KGI 重大なセキュリティインシデント.

    It does from 深刻度 3 on, with a leak of ``LARGE_LEAK`` people or more, or where a core system stood
    still for long.
    """
    return (
        incident.severity >= Severity.HIGH
        or (incident.leaked_people or 0) >= LARGE_LEAK
        or incident.core_system_stopped
    )


def counts_by_state(actor: Actor) -> Mapping[str, int]:
    """Return how many open incidents the actor sees, by state."""
    counts: dict[str, int] = {}
    for state in Incident.objects.visible_to(actor).open().order_by().values_list("state", flat=True):
        counts[state] = counts.get(state, 0) + 1
    return counts
