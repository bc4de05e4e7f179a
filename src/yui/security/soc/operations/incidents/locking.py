"""How operations read an incident: locked, and after the check that the actor may work it."""

from collections.abc import Mapping
from typing import Any

from yui.kernel.links import urn
from yui.kernel.policy import Actor, Verb
from yui.security.soc.models import ENDED_STATES, Incident
from yui.security.soc.operations.incidents.errors import IncidentEnded
from yui.security.soc.operations.recording import record_watched
from yui.security.soc.policies import require_watch


def locked_incident(actor: Actor, incident: Incident, verb: Verb = Verb.EDIT) -> Incident:
    """Return the incident as it is stored, locked until the operation ends.

    Raises:
        PermissionRefused: when the actor may not do ``verb`` for the ward.
    """
    require_watch(actor, verb, incident.organisation)
    stored: Incident = (
        Incident.objects.owned_by(incident.organisation).select_for_update(of=("self",)).get(pk=incident.pk)
    )
    return stored


def open_incident_of(actor: Actor, incident: Incident) -> Incident:
    """Return the incident locked, and still running.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        IncidentEnded: when it was closed, merged or judged false.
    """
    stored = locked_incident(actor, incident)
    if stored.state in ENDED_STATES:
        raise IncidentEnded(stored.get_state_display())
    return stored


def tell(
    actor: Actor,
    incident: Incident,
    kind: str,
    sentence: str,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Record what the running operation did; the number names the incident, so that no content travels."""
    record_watched(
        actor,
        incident.organisation,
        kind=kind,
        subject=urn("soc.incident", incident.pk),
        summary=f"インシデント{incident.number}{sentence}",
        changes=changes,
        data=data,
    )
