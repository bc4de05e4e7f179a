"""What other wards see of a ward's alerts: kind, value, first and last time, count. Never who, never what.

A ward says from how many wards on its alerts may be part of a sighting. A sighting is made of the largest set
of wards that all agree to a set of that size, and of nothing that the others hold; so no ward is ever shown
in a smaller company than it asked for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from yui.security.soc.engine.joint.correlator import JointCorrelator
from yui.security.soc.engine.joint.history import KeyHistory
from yui.security.soc.engine.joint.keys import Key, KeyKind


@dataclass(frozen=True, slots=True)
class Sighting:
    """A key seen in other wards.

    Attributes:
        first_seen, last_seen: microseconds since 1970-01-01 UTC, cut to whole minutes.
        count: alerts in the wards that take part in the sighting.
        wards: how many these are; None where they are fewer than ``SightingPolicy.reveal_from``.
    """

    kind: KeyKind
    value: str
    first_seen: int
    last_seen: int
    count: int
    wards: int | None


class SightingPolicy(NamedTuple):
    """From how many wards on a ward's alerts are part of sightings.

    Attributes:
        least: by ward; 1 means that the ward also shares what only it saw.
        otherwise: for wards that said nothing.
        reveal_from: from how many wards on their number is told.
    """

    least: Mapping[str, int]
    otherwise: int = 2
    reveal_from: int = 3


MINUTE_US = 60_000_000


def sighting_of(
    correlator: JointCorrelator, key: Key, policy: SightingPolicy, since_us: int | None = None
) -> Sighting | None:
    """Return what may be told of a key, None when nothing may.

    Args:
        since_us: only wards that showed the key at or after this time take part.
    """
    history = correlator.keys.get(key)
    return None if history is None else _sighting(correlator, key, history, policy, since_us)


def sightings(
    correlator: JointCorrelator, policy: SightingPolicy, since_us: int | None = None
) -> Iterator[Sighting]:
    """Yield what may be told of every key remembered, the least recently shown first."""
    for key, history in correlator.keys.items():
        found = _sighting(correlator, key, history, policy, since_us)
        if found is not None:
            yield found


def _sighting(
    correlator: JointCorrelator, key: Key, history: KeyHistory, policy: SightingPolicy, since_us: int | None
) -> Sighting | None:
    least = {
        place: max(1, policy.least.get(correlator.config.wards[place], policy.otherwise))
        for place, record in history.wards.items()
        if since_us is None or record.last_us >= since_us
    }
    willing = willing_together(least)
    if not willing:
        return None
    records = [history.wards[place] for place in willing]
    return Sighting(
        key.kind,
        key.value,
        min(record.first_us for record in records) // MINUTE_US * MINUTE_US,
        max(record.last_us for record in records) // MINUTE_US * MINUTE_US,
        sum(record.count for record in records),
        len(willing) if len(willing) >= policy.reveal_from else None,
    )


def willing_together(least: Mapping[int, int]) -> tuple[int, ...]:
    """Return the largest set whose every member asks for at most the size of the set."""
    asked = sorted(least.values())
    size = max((count for count in range(1, len(asked) + 1) if asked[count - 1] <= count), default=0)
    return tuple(sorted(place for place, one in least.items() if one <= size))
