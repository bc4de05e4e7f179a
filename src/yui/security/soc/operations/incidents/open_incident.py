"""Open an incident from a person's report."""

from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import Incident, MomentSource
from yui.security.soc.operations.incidents.facts import CaseFacts
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.operations.incidents.opening import begin, first_moments
from yui.security.soc.policies import require_watch


@operation("soc.incident.open")
def open_incident(
    actor: Actor,
    *,
    ward: Organisation,
    facts: CaseFacts,
    detected_at: datetime,
    occurred_at: datetime | None = None,
    occurred_until: datetime | None = None,
) -> Incident:
    """Open an incident of the ward; its number, tasks and papers follow.

    Args:
        detected_at: when it was noticed; aware, not in the future.
        occurred_at: when it began, as far as known; with ``occurred_until`` the interval of an estimate.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        MomentsContradict: when the times do not agree.
        ValidationError: naming each field that is wrong.
    """
    require_watch(actor, Verb.EDIT, ward)
    recorded_at = now()
    incident = begin(actor, ward, facts, recorded_at=recorded_at)
    papers = first_moments(
        actor,
        incident,
        recorded_at=recorded_at,
        detected_at=detected_at,
        source=MomentSource.PERSON,
        occurred_at=occurred_at,
        occurred_until=occurred_until,
    )
    tell(actor, incident, "soc.incident.open", "を開きました。", data={"papers": papers})
    return incident
