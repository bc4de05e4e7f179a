"""Judge that an incident is none."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import Incident, MomentKind
from yui.security.soc.operations.incidents.errors import ReasonNeeded
from yui.security.soc.operations.incidents.locking import open_incident_of, tell
from yui.security.soc.operations.incidents.moment_writing import write_moment
from yui.security.soc.operations.incidents.settling import settle


@operation("soc.incident.judge_false")
def judge_false(actor: Actor, *, incident: Incident, reason: str) -> None:
    """End the incident as a false positive, with the reason; it counts in no time to respond.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        IncidentEnded: when it has ended.
        ReasonNeeded: without a reason.
    """
    stored = open_incident_of(actor, incident)
    if not reason.strip():
        raise ReasonNeeded
    at = now()
    write_moment(actor, stored, MomentKind.JUDGED_FALSE, at, recorded_at=at, note=reason)
    settle(stored)
    tell(actor, stored, "soc.incident.judge_false", "を誤検知と判断しました。")
