"""What the queue carries: one sender's request, as it came."""

import struct
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from yui.security.soc.queue.errors import QueueRecordDamaged

_COUNTS = struct.Struct("<III")


@dataclass(frozen=True, slots=True)
class Delivery:
    """The events of one request (or of one read of a syslog connection), not yet parsed.

    Attributes:
        ward: code of the ward that the sender's token or certificate is bound to.
        sender: identifier of the sender.
        wire_format: name of the format that reads each piece (``hec``, ``otlp_protobuf``, ``syslog``, …).
        received: microseconds since 1970-01-01 UTC at which the request was complete.
        raws: the pieces in the order of the request, each as it came.
        occurrences: for each piece, how many equal pieces stand before it in the same request; empty where
            all pieces differ. A retried request has the same numbers again, so it is recognised, while equal
            lines of one request stay apart.
        context: what the request says beside its body and a parser needs (index, HEC's query parameters).
        acknowledged: whether the protocol tells the sender that the events were taken. Where it does not
            (syslog), nothing is ever sent twice on purpose and equal events are different events.
    """

    ward: str
    sender: str
    wire_format: str
    received: int
    raws: Sequence[bytes]
    occurrences: Sequence[int] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    acknowledged: bool = True


def occurrences_of(raws: Sequence[bytes]) -> Sequence[int]:
    """Return for each piece how many equal ones stand before it; empty where all differ."""
    if len(set(raws)) == len(raws):
        return ()
    seen: dict[bytes, int] = {}
    numbers = []
    for raw in raws:
        number = seen.get(raw, 0)
        seen[raw] = number + 1
        numbers.append(number)
    return numbers


def encode(delivery: Delivery) -> bytes:
    """Return a delivery as bytes: counts, head as JSON, lengths, occurrences, pieces."""
    head = orjson.dumps(
        (
            delivery.ward,
            delivery.sender,
            delivery.wire_format,
            delivery.received,
            delivery.acknowledged,
            dict(delivery.context),
        )
    )
    lengths = array("I", map(len, delivery.raws))
    numbers = array("I", delivery.occurrences)
    counts = _COUNTS.pack(len(head), len(lengths), len(numbers))
    return b"".join((counts, head, lengths.tobytes(), numbers.tobytes(), *delivery.raws))


def decode(payload: bytes) -> Delivery:
    """Return the delivery that ``encode`` wrote.

    Raises:
        QueueRecordDamaged: when the bytes are not a delivery.
    """
    try:
        head_size, pieces, numbered = _COUNTS.unpack_from(payload)
        at = _COUNTS.size + head_size
        ward, sender, wire_format, received, acknowledged, context = orjson.loads(payload[_COUNTS.size : at])
        lengths, numbers = array("I"), array("I")
        lengths.frombytes(payload[at : at + 4 * pieces])
        at += 4 * pieces
        numbers.frombytes(payload[at : at + 4 * numbered])
        at += 4 * numbered
    except (struct.error, ValueError, TypeError) as error:
        raise QueueRecordDamaged(str(error)) from error
    if len(lengths) != pieces or at + sum(lengths) != len(payload) or numbered not in (0, pieces):
        raise QueueRecordDamaged(f"{pieces} pieces do not fill {len(payload)} bytes")
    raws = []
    for length in lengths:
        raws.append(payload[at : at + length])
        at += length
    return Delivery(
        ward, sender, wire_format, received, raws, numbers.tolist(), context, acknowledged=acknowledged
    )


def parts(delivery: Delivery, most_bytes: int) -> list[Delivery]:
    """Return the delivery in parts of at most ``most_bytes`` of pieces; a larger piece stands alone.

    Occurrence numbers stay those of the whole request.
    """
    if sum(map(len, delivery.raws)) <= most_bytes:
        return [delivery]
    found: list[Delivery] = []
    begin = size = 0
    for number, raw in enumerate((*delivery.raws, None)):
        if raw is not None and (number == begin or size + len(raw) <= most_bytes):
            size += len(raw)
            continue
        found.append(_slice(delivery, begin, number))
        begin, size = number, len(raw or b"")
    return found


def _slice(delivery: Delivery, begin: int, end: int) -> Delivery:
    return Delivery(
        delivery.ward,
        delivery.sender,
        delivery.wire_format,
        delivery.received,
        delivery.raws[begin:end],
        delivery.occurrences[begin:end],
        delivery.context,
        acknowledged=delivery.acknowledged,
    )
