"""Record a time of an incident."""

from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import Incident, IncidentMoment, MomentKind
from yui.security.soc.operations.incidents.errors import NotRecordable, ReasonNeeded
from yui.security.soc.operations.incidents.locking import locked_incident, tell
from yui.security.soc.operations.incidents.moment_writing import write_moment
from yui.security.soc.operations.incidents.settling import settle
from yui.security.soc.operations.incidents.system_times import require_systems_contained

RECORDABLE = (
    MomentKind.OCCURRED,
    MomentKind.REPORTED,
    MomentKind.ACKNOWLEDGED,
    MomentKind.TRIAGED,
    MomentKind.ESCALATED,
    MomentKind.CONTAINMENT_STARTED,
    MomentKind.CONTAINED,
    MomentKind.ERADICATION_STARTED,
    MomentKind.ERADICATED,
    MomentKind.RECOVERY_STARTED,
    MomentKind.RECOVERED,
    MomentKind.REVIEWED,
)
"""The kinds that are recorded as such; the others are written by verbs of their own."""


@operation("soc.incident.record_moment")
def record_moment(
    actor: Actor,
    *,
    incident: Incident,
    kind: MomentKind,
    at: datetime | None = None,
    until: datetime | None = None,
    note: str = "",
) -> IncidentMoment:
    """Record that something happened now, or at an earlier time with a note that says how it is known.

    An incident that has ended takes what was forgotten, never a time after its end.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        NotRecordable: for a kind that has a verb of its own.
        ReasonNeeded: for an earlier time without a note.
        MomentsContradict: naming the times with which it does not agree.
        SystemsNotContained, BeforeLastSystem: for containment that affected systems contradict.
    """
    stored = locked_incident(actor, incident)
    if kind not in RECORDABLE:
        raise NotRecordable(str(kind.label))
    if at is not None and not note.strip():
        raise ReasonNeeded
    recorded_at = now()
    moment = write_moment(
        actor, stored, kind, at or recorded_at, recorded_at=recorded_at, note=note, until=until
    )
    if kind == MomentKind.CONTAINED:
        require_systems_contained(stored, moment.at)
    papers = settle(stored)
    tell(
        actor,
        stored,
        "soc.incident.record_moment",
        f"に「{kind.label}」を記録しました。",
        data={"kind": kind.value, "at": moment.at, "papers": papers},
    )
    return moment
