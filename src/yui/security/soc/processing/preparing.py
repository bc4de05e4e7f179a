"""Deliveries to events by ward, and what is no event by sender and reason."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

import orjson

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.event_store.gathering import Gathered
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.times import TOKYO
from yui.security.soc.formats.wire import WireFormat, record_of
from yui.security.soc.processing.identity import DeliveryIds, Identified, Piece
from yui.security.soc.queue.contract import Queued
from yui.security.soc.queue.deliveries import Delivery

REJECTED_FORMAT = "rejected"
Records = list[LogRecord] | Gathered


@dataclass
class WardEvents:
    """Events of one ward in step: record, time of reception (microseconds), place in the delivery."""

    records: Records = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    pieces: list[Identified] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.records)


@dataclass
class RejectedSum:
    """How many pieces were rejected for one reason, with one of them."""

    count: int
    detail: str
    sample: str


RejectedKey = tuple[str, str, str]
"""Ward, sender, reason."""


@dataclass
class Prepared:
    """What some deliveries hold.

    Attributes:
        wards: events by ward.
        rejected: what is no event; counts by ward, sender and reason.
        position: of the last delivery.
        oldest: when the oldest delivery was received, microseconds; 0 where there is none.
        newest: when the newest was.
        senders: who sent.
        new_records: gives what holds the records of a ward.
    """

    wards: dict[str, WardEvents] = field(default_factory=dict)
    rejected: dict[RejectedKey, RejectedSum] = field(default_factory=dict)
    position: int = 0
    oldest: int = 0
    newest: int = 0
    senders: set[str] = field(default_factory=set)
    new_records: Callable[[], Records] = list

    @property
    def events(self) -> int:
        """How many events there are."""
        return sum(map(len, self.wards.values()))

    @property
    def rejections(self) -> int:
        """How many pieces were rejected."""
        return sum(one.count for one in self.rejected.values())

    def reject(self, key: RejectedKey, found: RejectedSum) -> None:
        """Count rejected pieces."""
        known = self.rejected.get(key)
        if known is None:
            self.rejected[key] = RejectedSum(found.count, found.detail, found.sample)
        else:
            known.count += found.count


Read = Callable[[WireFormat, Delivery, tzinfo], Iterable[tuple[int, LogRecord | Rejected]]]
"""Gives the records of the pieces of a delivery, and what is none, by the numbers of the pieces."""

Take = Callable[[WardEvents, Queued, WireFormat, tzinfo], list[Rejected]]
"""Adds the events of a delivery to those of its ward, and returns what is no event."""


def read_all(
    form: WireFormat, delivery: Delivery, zone: tzinfo
) -> Iterator[tuple[int, LogRecord | Rejected]]:
    """Read every piece of a delivery."""
    for number in range(len(delivery.raws)):
        yield number, read_one(form, delivery, number, zone)


def read_one(form: WireFormat, delivery: Delivery, number: int, zone: tzinfo) -> LogRecord | Rejected:
    """Read one piece of a delivery."""
    place = f"{delivery.sender}#{number}"
    return record_of(form, delivery.raws[number], place=place, received=delivery.received, zone=zone)


def taking(read: Read) -> Take:
    """Return what adds the records that ``read`` gives."""

    def take(events: WardEvents, queued: Queued, form: WireFormat, zone: tzinfo) -> list[Rejected]:
        ids, delivery, bad = DeliveryIds(queued), queued.delivery, []
        records, pieces = events.records, events.pieces
        for number, record in read(form, delivery, zone):
            if isinstance(record, LogRecord):
                records.append(record)
                pieces.append(Piece(ids, number, delivery.raws[number]))
            else:
                bad.append(record)
        return bad

    return take


take_all = taking(read_all)
"""Takes every piece by itself."""


def prepare(
    deliveries: Sequence[Queued],
    zone: tzinfo = TOKYO,
    take: Take = take_all,
    into: Prepared | None = None,
) -> Prepared:
    """Parse deliveries. Every piece that is read becomes an event or a rejection with a reason.

    Args:
        into: what deliveries before these held; it is added to.
    """
    prepared = Prepared() if into is None else into
    for queued in deliveries:
        delivery = queued.delivery
        prepared.position = queued.position
        prepared.newest = max(prepared.newest, delivery.received)
        prepared.senders.add(delivery.sender)
        prepared.oldest = min(prepared.oldest or delivery.received, delivery.received)
        if delivery.wire_format == REJECTED_FORMAT:
            _count(prepared, delivery, map(_rejected_earlier, delivery.raws))
        else:
            _parse(prepared, queued, zone, take)
    return prepared


def _parse(prepared: Prepared, queued: Queued, zone: tzinfo, take: Take) -> None:
    delivery = queued.delivery
    try:
        form = WireFormat(delivery.wire_format)
    except ValueError:
        why = f"unknown format {delivery.wire_format!r}"
        _count(
            prepared, delivery, (rejected(delivery.sender, "binary", raw, why=why) for raw in delivery.raws)
        )
        return
    events = prepared.wards.get(delivery.ward)
    if events is None:
        events = prepared.wards[delivery.ward] = WardEvents(prepared.new_records())
    bad = take(events, queued, form, zone)
    events.received += [delivery.received] * (len(events.records) - len(events.received))
    _count(prepared, delivery, bad)


def _count(prepared: Prepared, delivery: Delivery, pieces: Iterable[Rejected]) -> None:
    for piece in pieces:
        key = (delivery.ward, delivery.sender, piece.reason)
        prepared.reject(key, RejectedSum(1, piece.detail, piece.sample))


def _rejected_earlier(raw: bytes) -> Rejected:
    """Return what the receivers kept aside."""
    place, reason, detail, sample = orjson.loads(raw)
    return Rejected(place, reason, detail, sample)
