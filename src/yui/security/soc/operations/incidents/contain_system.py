"""Note that an affected system is contained."""

from datetime import datetime

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import AffectedSystem, MomentKind
from yui.security.soc.operations.incidents.system_settling import record_time


@operation("soc.incident.contain_system")
def contain_system(
    actor: Actor, *, affected: AffectedSystem, at: datetime | None = None, reason: str = ""
) -> None:
    """Note when the system was contained; the last one contains the incident, and MTTC ends with it.

    A time recorded before is corrected by stating another one with a reason.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        IncidentEnded: when it has ended.
        ReasonNeeded: for an earlier time, or a correction, without a reason.
        MomentsContradict: when the time lies in the future or before the detection.
    """
    record_time(
        actor,
        affected,
        MomentKind.CONTAINED,
        at,
        reason,
        verb="soc.incident.contain_system",
        sentence="封じ込めました。",
    )
