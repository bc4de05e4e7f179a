"""Merge an incident into another one of the same ward."""

from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.engine.incidents import Kind
from yui.security.soc.models import (
    ENDED_STATES,
    AlertGroup,
    Incident,
    IncidentMoment,
    MomentKind,
    MomentSource,
)
from yui.security.soc.operations.incidents.errors import IntoItself, OtherWard
from yui.security.soc.operations.incidents.locking import locked_incident, open_incident_of, tell
from yui.security.soc.operations.incidents.moment_writing import write_moment
from yui.security.soc.operations.incidents.settling import settle
from yui.security.soc.operations.recording import record_watched
from yui.security.soc.queries.incidents.moments import WHY, standing_of


@operation("soc.incident.merge")
def merge_incident(actor: Actor, *, incident: Incident, into: Incident) -> None:
    """End the incident as a part of another one, which takes its alerts.

    Where the merged one was detected earlier, that time becomes the other's (by a revision): merging never
    makes a response look faster than it was.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        IncidentEnded: when the incident has ended.
        OtherWard: when the other is of another ward.
        IntoItself: when the other is the same, or has ended.
        MomentsContradict: when the earlier detection does not agree with the other's times.
    """
    stored = open_incident_of(actor, incident)
    if into.organisation_id != stored.organisation_id:
        raise OtherWard(into.number)
    target = locked_incident(actor, into)
    if target.pk == stored.pk or target.state in ENDED_STATES:
        raise IntoItself
    at = now()
    stored.merged_into = target
    write_moment(
        actor, stored, MomentKind.MERGED, at, recorded_at=at, note=target.number, source=MomentSource.SYSTEM
    )
    settle(stored)
    _take_earlier_detection(actor, stored, target, at)
    AlertGroup.objects.owned_by(stored.organisation).filter(incident=stored).update(incident=target)
    settle(target)
    tell(actor, stored, "soc.incident.merge", f"を{target.number}に統合しました。")
    record_watched(
        actor,
        target.organisation,
        kind="soc.incident.merge",
        subject=urn("soc.incident", target.pk),
        summary=f"インシデント{target.number}に{stored.number}を統合しました。",
    )


def _take_earlier_detection(actor: Actor, source: Incident, target: Incident, at: datetime) -> None:
    """Revise the target's detection where the merged incident was detected earlier, in its first round."""
    earlier = standing_of(source)[1, Kind.DETECTED].at
    own = standing_of(target)[1, Kind.DETECTED]
    if earlier < own.at:
        write_moment(
            actor,
            target,
            MomentKind.DETECTED,
            earlier,
            recorded_at=at,
            source=MomentSource.SYSTEM,
            note=f"{source.number}を統合したため",
            revises=IncidentMoment.objects.unscoped(WHY).get(pk=own.key),
        )
