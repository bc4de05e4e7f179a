"""Events on their way into the store, by columns, and cut by hour."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from yui.security.soc.engine.records import LogRecord
from yui.security.soc.event_store.clocks import HOUR, NEWEST, OLDEST, filed, hour_part
from yui.security.soc.event_store.errors import BadIdentifier, UnevenBatch
from yui.security.soc.event_store.gathering import Gathered, gathered
from yui.security.soc.event_store.known_ids import ID_BYTES

Times = NDArray[np.int64]


class Batch(NamedTuple):
    """Events of one ward.

    Attributes:
        ward: the ward's code.
        records: the events.
        received: for each, microseconds since 1970 UTC at which it was received.
        ids: for each, 16 bytes that tell it from every other event of the ward (``event_ids.event_id``).
    """

    ward: str
    records: Sequence[LogRecord]
    received: Sequence[int]
    ids: Sequence[bytes]


class Arrived(NamedTuple):
    """Events of one ward with the times under which they are filed.

    Attributes:
        odd: by position, why an event's own time was not believed (``clocks.Filed``).
    """

    records: Gathered
    ids: Sequence[bytes]
    times: Times
    received: Times
    odd: dict[int, str]

    def taken(self, positions: Sequence[int]) -> "Arrived":
        """Return the events at ``positions``, in that order."""
        odd = {new: self.odd[at] for new, at in enumerate(positions) if at in self.odd} if self.odd else {}
        where = np.asarray(positions, dtype=np.int64)
        return Arrived(
            self.records.taken(positions),
            [self.ids[at] for at in positions],
            self.times[where],
            self.received[where],
            odd,
        )


class Group(NamedTuple):
    """The events of one ward and hour (or day, once compacted)."""

    ward: str
    part: str
    events: Arrived


def by_hour(batch: Batch) -> list[Group]:
    """Return the events of a batch by hour, each event once.

    Raises:
        UnevenBatch, BadIdentifier: when the batch is not well formed.
    """
    arrived = _arrived(batch)
    hours = arrived.times // HOUR
    repeated = len(set(batch.ids)) < len(batch.ids)
    if len(hours) and not repeated and hours.min() == hours.max():
        return [Group(batch.ward, hour_part(int(arrived.times[0])), arrived)]
    found: dict[int, dict[bytes, int]] = {}
    for at, (hour, event_id) in enumerate(zip(hours.tolist(), batch.ids, strict=True)):
        found.setdefault(hour, {}).setdefault(event_id, at)
    return [
        Group(batch.ward, hour_part(hour * HOUR), arrived.taken(list(positions.values())))
        for hour, positions in sorted(found.items())
    ]


def _arrived(batch: Batch) -> Arrived:
    """Check a batch, and find the times under which its events are filed."""
    received, ids = batch.received, batch.ids
    records = gathered(batch.records)
    if not len(records) == len(received) == len(ids):
        raise UnevenBatch(len(records), len(received), len(ids))
    if set(map(len, ids)) - {ID_BYTES}:
        position = next(at for at, event_id in enumerate(ids) if len(event_id) != ID_BYTES)
        raise BadIdentifier(position, len(ids[position]), ID_BYTES)
    at = np.array(received, dtype=np.int64)
    told = records.times
    odd: dict[int, str] = {}
    try:
        times = np.array(told, dtype=np.int64)
        strange: Sequence[int] = np.flatnonzero((times < at - OLDEST) | (times > at + NEWEST)).tolist()
    except (TypeError, OverflowError):
        # Somebody told no time, or one that fits into no clock: each is looked at.
        times, strange = at.copy(), range(len(told))
    for position in strange:
        times[position], clock = filed(told[position], received[position])
        if clock:
            odd[position] = clock
    return Arrived(records, ids, times, at, odd)
