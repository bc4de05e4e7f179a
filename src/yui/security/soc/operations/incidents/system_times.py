"""What affected systems say about the containment and recovery of the whole incident."""

from datetime import datetime

from yui.kernel.policy import Actor
from yui.security.soc.engine.incidents import Kind
from yui.security.soc.models import Incident, IncidentMoment, MomentKind, MomentSource
from yui.security.soc.operations.incidents.errors import BeforeLastSystem, SystemsNotContained
from yui.security.soc.operations.incidents.moment_writing import write_moment
from yui.security.soc.queries.incidents.duty_case import affected_of
from yui.security.soc.queries.incidents.moments import WHY, standing_of

TIME_FIELDS = {MomentKind.CONTAINED: "contained_at", MomentKind.RECOVERED: "restored_at"}
"""Where an affected system holds its time of each kind."""


def require_systems_contained(incident: Incident, at: datetime) -> None:
    """Let containment stand at ``at`` only where every affected system was contained by then.

    Raises:
        SystemsNotContained: while one is not contained.
        BeforeLastSystem: when one was contained later.
    """
    systems = affected_of(incident, present_round=True)
    waiting = [each.system.name for each in systems if each.contained_at is None]
    if waiting:
        raise SystemsNotContained(waiting)
    last = max(systems, key=lambda each: each.contained_at or at, default=None)
    if last is not None and last.contained_at is not None and last.contained_at > at:
        raise BeforeLastSystem(last.system.name, last.contained_at)


def follow_last_system(actor: Actor, incident: Incident, kind: MomentKind, recorded_at: datetime) -> str:
    """Write (or revise) containment or recovery when the last system reached it; say so for the ledger.

    ``kind`` is ``CONTAINED`` or ``RECOVERED``. The last system's time is the incident's: MTTC ends with it.

    Raises:
        MomentsContradict: when the time does not agree with those recorded.
    """
    times = [getattr(each, TIME_FIELDS[kind]) for each in affected_of(incident, present_round=True)]
    known = [at for at in times if at is not None]
    if not known or len(known) < len(times):
        return ""
    last = max(known)
    standing = standing_of(incident).get((incident.round, Kind(kind.value)))
    if standing is not None and standing.at >= last:
        return ""
    revised = IncidentMoment.objects.unscoped(WHY).get(pk=standing.key) if standing else None
    write_moment(
        actor,
        incident,
        kind,
        last,
        recorded_at=recorded_at,
        source=MomentSource.SYSTEM,
        note="最後のシステムの記録から" if revised else "",
        revises=revised,
    )
    return f"最後のシステムなので「{kind.label}」も記録しました。"
