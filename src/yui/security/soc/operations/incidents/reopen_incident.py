"""Reopen an incident."""

from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import ENDED_STATES, Incident, MomentKind
from yui.security.soc.operations.incidents.errors import NotEnded, ReasonNeeded
from yui.security.soc.operations.incidents.locking import locked_incident, tell
from yui.security.soc.operations.incidents.moment_writing import write_moment
from yui.security.soc.operations.incidents.settling import settle


@operation("soc.incident.reopen")
def reopen_incident(
    actor: Actor, *, incident: Incident, reason: str, detected_at: datetime | None = None
) -> None:
    """Begin another round, with a containment interval of its own; the earlier rounds stay as they are.

    Args:
        detected_at: when it was noticed again; now, unless stated.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        NotEnded: while it runs.
        ReasonNeeded: without a reason.
        MomentsContradict: when it was noticed before the end of the round before.
    """
    stored = locked_incident(actor, incident)
    if stored.state not in ENDED_STATES:
        raise NotEnded
    if not reason.strip():
        raise ReasonNeeded
    recorded_at = now()
    stored.round += 1
    stored.merged_into = None
    noticed = detected_at or recorded_at
    write_moment(actor, stored, MomentKind.DETECTED, noticed, recorded_at=recorded_at, note=reason)
    write_moment(actor, stored, MomentKind.REOPENED, recorded_at, recorded_at=recorded_at, note=reason)
    papers = settle(stored)
    tell(
        actor,
        stored,
        "soc.incident.reopen",
        f"を再開しました({stored.round}回目)。",
        data={"papers": papers},
    )
