"""How an affected system comes to the time at which it was contained or ran again."""

from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.policy import Actor
from yui.security.soc.engine.incidents import InFuture, Kind, Moment, OutOfOrder
from yui.security.soc.models import AffectedSystem, Incident, MomentKind
from yui.security.soc.operations.incidents.contradiction_words import sentences
from yui.security.soc.operations.incidents.errors import AlreadySettled, MomentsContradict, ReasonNeeded
from yui.security.soc.operations.incidents.locking import open_incident_of, tell
from yui.security.soc.operations.incidents.moment_writing import whole_second
from yui.security.soc.operations.incidents.settling import settle
from yui.security.soc.operations.incidents.system_times import TIME_FIELDS, follow_last_system
from yui.security.soc.queries.incidents.moments import WHY, standing_of


def affected_system_of(actor: Actor, affected: AffectedSystem) -> tuple[Incident, AffectedSystem]:
    """Return the running incident, locked, and the system as it touches the present round.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        IncidentEnded: when the incident has ended.
        AlreadySettled: for a system of an earlier round.
    """
    incident = open_incident_of(actor, affected.incident)
    stored: AffectedSystem = (
        AffectedSystem.objects.unscoped(WHY).select_related("system").get(pk=affected.pk, incident=incident)
    )
    if stored.round != incident.round:
        raise AlreadySettled(stored.system.name, f"{stored.round}")
    return incident, stored


def record_time(
    actor: Actor,
    affected: AffectedSystem,
    kind: MomentKind,
    at: datetime | None,
    reason: str,
    *,
    verb: str,
    sentence: str,
) -> None:
    """Record when a system was contained or restored; the last system's time is the incident's.

    Args:
        actor: who says so.
        affected: the system.
        kind: ``CONTAINED`` or ``RECOVERED``.
        at: when it was; now unless given.
        reason: how an earlier time is known, or why a known one is corrected.
        verb: the operation that runs.
        sentence: what the ledger says of the system.

    Raises:
        PermissionRefused, IncidentEnded, AlreadySettled: as ``affected_system_of``.
        ReasonNeeded, MomentsContradict: as ``require_time``.
        ValidationError: when the record would break a rule.
    """
    incident, stored = affected_system_of(actor, affected)
    recorded_at, name = now(), TIME_FIELDS[kind]
    before = getattr(stored, name)
    recorded = require_time(incident, kind, before, at, reason, recorded_at)
    setattr(stored, name, recorded)
    stored.full_clean()
    stored.save()
    followed = follow_last_system(actor, incident, kind, recorded_at)
    papers = settle(incident)
    tell(
        actor,
        incident,
        verb,
        f"で「{stored.system.code}」を{sentence}{followed}",
        changes={name: [before, recorded]},
        data={"system": stored.system.code, "reason": reason.strip()[:300], "papers": papers},
    )


def require_time(
    incident: Incident,
    kind: MomentKind,
    known: datetime | None,
    at: datetime | None,
    reason: str,
    recorded_at: datetime,
) -> datetime:
    """Return the time to record for a system.

    Raises:
        ReasonNeeded: for an earlier time, or one that replaces a known one, without a reason.
        MomentsContradict: for a time in the future or before the incident's detection.
    """
    if (at is not None or known is not None) and not reason.strip():
        raise ReasonNeeded
    wanted = Moment(0, incident.round, Kind(kind.value), whole_second(at or recorded_at))
    detected = standing_of(incident)[incident.round, Kind.DETECTED]
    if wanted.at > recorded_at:
        raise MomentsContradict(sentences([InFuture(wanted, recorded_at)]))
    if wanted.at < detected.at:
        raise MomentsContradict(sentences([OutOfOrder(wanted, detected, wanted)]))
    return wanted.at
