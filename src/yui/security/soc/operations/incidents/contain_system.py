"""Note that an affected system is contained."""

from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import AffectedSystem, MomentKind
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.operations.incidents.settling import settle
from yui.security.soc.operations.incidents.system_settling import affected_system_of, require_time
from yui.security.soc.operations.incidents.system_times import follow_last_system


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
    incident, stored = affected_system_of(actor, affected)
    recorded_at = now()
    contained_at = require_time(incident, MomentKind.CONTAINED, stored.contained_at, at, reason, recorded_at)
    before, stored.contained_at = stored.contained_at, contained_at
    stored.full_clean()
    stored.save()
    followed = follow_last_system(actor, incident, MomentKind.CONTAINED, recorded_at)
    papers = settle(incident)
    tell(
        actor,
        incident,
        "soc.incident.contain_system",
        f"で「{stored.system.code}」を封じ込めました。{followed}",
        changes={"contained_at": [before, contained_at]},
        data={"system": stored.system.code, "reason": reason.strip()[:300], "papers": papers},
    )
