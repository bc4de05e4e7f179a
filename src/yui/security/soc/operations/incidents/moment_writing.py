"""How a moment comes into the record: checked against all others, then the state follows from it."""

from datetime import datetime

from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.security.soc.engine.incidents import Kind, Moment, contradictions
from yui.security.soc.models import Incident, IncidentMoment, MomentKind, MomentSource
from yui.security.soc.operations.alerts.locking import bounded
from yui.security.soc.operations.incidents.contradiction_words import sentences
from yui.security.soc.operations.incidents.errors import MomentsContradict
from yui.security.soc.queries.incidents.moments import moments_of, plain

LONGEST_NOTE = 500
_UNSAVED = 2**62
"""The key of a moment that has none yet: later than every stored one."""


def whole_second(at: datetime) -> datetime:
    """Return a moment without the parts of its second."""
    return at.replace(microsecond=0)


def write_moment(
    actor: Actor,
    incident: Incident,
    kind: MomentKind,
    at: datetime,
    *,
    recorded_at: datetime,
    source: MomentSource = MomentSource.PERSON,
    note: str = "",
    until: datetime | None = None,
    revises: IncidentMoment | None = None,
) -> IncidentMoment:
    """Add a moment to the incident's present round (or, revising, to that of the revised one).

    Times are kept to the second, as forms state them: within one second nothing comes before another.
    The caller holds the incident's lock and has checked permission.

    Raises:
        MomentsContradict: naming every recorded time with which it does not agree.
    """
    at, until = whole_second(at), whole_second(until) if until is not None else None
    number = revises.round if revises is not None else incident.round
    wanted = Moment(
        _UNSAVED, number, Kind(kind.value), at, until, revises.pk if revises is not None else None
    )
    found = contradictions([plain(each) for each in moments_of(incident)], wanted, recorded_at)
    if found:
        raise MomentsContradict(sentences(found))
    moment = IncidentMoment(
        incident=incident,
        round=number,
        kind=kind,
        at=at,
        until=until,
        source=source,
        note=bounded(note, LONGEST_NOTE),
        recorded_by_id=actor.user_id,
        recorded_at=recorded_at,
        revises=revises,
    )
    save_checked(moment)
    return moment
