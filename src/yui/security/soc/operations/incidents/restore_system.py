"""Note that an affected system runs again."""

from datetime import datetime

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import AffectedSystem, MomentKind
from yui.security.soc.operations.incidents.system_settling import record_time


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
    record_time(
        actor,
        affected,
        MomentKind.RECOVERED,
        at,
        reason,
        verb="soc.incident.restore_system",
        sentence="復旧しました。",
    )
