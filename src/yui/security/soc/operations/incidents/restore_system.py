"""Note that an affected system runs again."""

from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import AffectedSystem, MomentKind
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.operations.incidents.settling import settle
from yui.security.soc.operations.incidents.system_settling import affected_system_of, require_time
from yui.security.soc.operations.incidents.system_times import follow_last_system


@operation("soc.incident.restore_system")
def restore_system(
    actor: Actor, *, affected: AffectedSystem, at: datetime | None = None, reason: str = ""
) -> None:
    """Note when the system ran again; the last one recovers the incident.

    A time recorded before is corrected by stating another one with a reason.

    Raises:
        ValidationError: for a system that is not contained.
        Otherwise as ``contain_system``.
    """
    incident, stored = affected_system_of(actor, affected)
    recorded_at = now()
    restored_at = require_time(incident, MomentKind.RECOVERED, stored.restored_at, at, reason, recorded_at)
    before, stored.restored_at = stored.restored_at, restored_at
    stored.full_clean()
    stored.save()
    followed = follow_last_system(actor, incident, MomentKind.RECOVERED, recorded_at)
    papers = settle(incident)
    tell(
        actor,
        incident,
        "soc.incident.restore_system",
        f"で「{stored.system.code}」を復旧しました。{followed}",
        changes={"restored_at": [before, restored_at]},
        data={"system": stored.system.code, "reason": reason.strip()[:300], "papers": papers},
    )
