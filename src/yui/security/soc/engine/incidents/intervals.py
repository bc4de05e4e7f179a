"""From detection to containment, one interval for each round."""

from dataclasses import dataclass
from datetime import datetime

from yui.security.soc.engine.incidents.moments import Kind, Standing, ending_of

_NOT_COUNTED = frozenset({Kind.JUDGED_FALSE, Kind.MERGED})


@dataclass(frozen=True)
class ContainmentInterval:
    """One round's way from detection to containment; ``contained_at`` is None while it lasts (censored)."""

    round: int
    detected_at: datetime
    contained_at: datetime | None


def containment_intervals(standing: Standing) -> tuple[ContainmentInterval, ...]:
    """Return the interval of each round that counts: not one judged false or merged into another incident.

    MTTC is the mean of ``contained − detected`` over the rounds (NIST SP 800-61r3 names no formula; the
    KPI's words are 検知してから封じ込めるまで).
    """
    found = []
    for number in sorted({number for number, kind in standing if kind == Kind.DETECTED}):
        ending = ending_of(standing, number)
        if ending is not None and ending.kind in _NOT_COUNTED:
            continue
        contained = standing.get((number, Kind.CONTAINED))
        detected = standing[number, Kind.DETECTED]
        found.append(ContainmentInterval(number, detected.at, contained.at if contained else None))
    return tuple(found)
