"""The moments of an incident, and which of them stand after revisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What happened at a moment; the values are those that the record stores."""

    OCCURRED = "occurred"
    DETECTED = "detected"
    REPORTED = "reported"
    ACKNOWLEDGED = "acknowledged"
    TRIAGED = "triaged"
    DECLARED = "declared"
    ESCALATED = "escalated"
    CONTAINMENT_STARTED = "containment_started"
    CONTAINED = "contained"
    ERADICATION_STARTED = "eradication_started"
    ERADICATED = "eradicated"
    RECOVERY_STARTED = "recovery_started"
    RECOVERED = "recovered"
    REVIEWED = "reviewed"
    CLOSED = "closed"
    REOPENED = "reopened"
    JUDGED_FALSE = "judged_false"
    MERGED = "merged"


ENDINGS = frozenset({Kind.CLOSED, Kind.JUDGED_FALSE, Kind.MERGED})
"""The kinds that end a round; a round has one at most."""


@dataclass(frozen=True)
class Moment:
    """One recorded time of one round; ``until`` ends the interval of an estimate.

    Attributes:
        key: its number in the record, growing with the time of recording.
        revises: the key of the moment that this one corrects, if it does.
    """

    key: int
    round: int
    kind: Kind
    at: datetime
    until: datetime | None = None
    revises: int | None = None


Standing = Mapping[tuple[int, Kind], Moment]
"""The moment that stands, by round and kind."""


def effective(moments: Iterable[Moment]) -> dict[tuple[int, Kind], Moment]:
    """Return the moments that no other one revises, by round and kind."""
    known = list(moments)
    revised = {moment.revises for moment in known if moment.revises is not None}
    return {(moment.round, moment.kind): moment for moment in known if moment.key not in revised}


def ending_of(standing: Standing, round_number: int) -> Moment | None:
    """Return the moment that ended a round, if one did."""
    return next((standing[round_number, kind] for kind in ENDINGS if (round_number, kind) in standing), None)
