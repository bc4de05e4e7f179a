"""Correct a time of an incident by a further one."""

from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import IncidentMoment, MomentKind
from yui.security.soc.operations.incidents.errors import ReasonNeeded
from yui.security.soc.operations.incidents.locking import locked_incident, tell
from yui.security.soc.operations.incidents.moment_writing import write_moment
from yui.security.soc.operations.incidents.settling import settle
from yui.security.soc.operations.incidents.system_times import require_systems_contained


@operation("soc.incident.revise_moment")
def revise_moment(
    actor: Actor, *, moment: IncidentMoment, at: datetime, reason: str, until: datetime | None = None
) -> IncidentMoment:
    """Let another time stand in place of a recorded one, with the reason; the recorded one stays visible.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        ReasonNeeded: without a reason.
        MomentsContradict: when it was revised already, or the time does not agree with the others.
        SystemsNotContained, BeforeLastSystem: for containment that affected systems contradict.
    """
    stored = locked_incident(actor, moment.incident)
    if not reason.strip():
        raise ReasonNeeded
    kind = MomentKind(moment.kind)
    revision = write_moment(
        actor, stored, kind, at, recorded_at=now(), note=reason, until=until, revises=moment
    )
    if kind == MomentKind.CONTAINED and moment.round == stored.round:
        require_systems_contained(stored, at)
    papers = settle(stored)
    tell(
        actor,
        stored,
        "soc.incident.revise_moment",
        f"の「{kind.label}」を訂正しました。",
        changes={str(kind.label): [moment.at, at]},
        data={"reason": revision.note, "papers": papers},
    )
    return revision
