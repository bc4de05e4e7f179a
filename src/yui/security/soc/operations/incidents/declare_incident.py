"""Declare an incident."""

from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import Incident, IncidentMoment, MomentKind
from yui.security.soc.operations.incidents.errors import ReasonNeeded
from yui.security.soc.operations.incidents.locking import open_incident_of, tell
from yui.security.soc.operations.incidents.moment_writing import write_moment
from yui.security.soc.operations.incidents.playbook_tasks import tick_off
from yui.security.soc.operations.incidents.settling import settle


@operation("soc.incident.declare")
def declare_incident(
    actor: Actor, *, incident: Incident, at: datetime | None = None, note: str = ""
) -> IncidentMoment:
    """Declare that it is an incident: the hours of the plan and of its papers begin to count.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        IncidentEnded: when it has ended.
        ReasonNeeded: for an earlier time without a note.
        MomentsContradict: when it was declared already, or the time does not agree with the others.
    """
    stored = open_incident_of(actor, incident)
    if at is not None and not note.strip():
        raise ReasonNeeded
    recorded_at = now()
    moment = write_moment(
        actor, stored, MomentKind.DECLARED, at or recorded_at, recorded_at=recorded_at, note=note
    )
    tick_off(actor, stored, "declare", recorded_at)
    papers = settle(stored)
    tell(
        actor,
        stored,
        "soc.incident.declare",
        "を宣言しました。",
        data={"at": moment.at, "papers": papers},
    )
    return moment
