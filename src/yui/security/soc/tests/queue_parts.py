"""Deliveries for the tests of the queue."""

from yui.security.soc.queue.deliveries import Delivery, encode, occurrences_of
from yui.security.soc.queue.log import QueueLimits

SMALL = QueueLimits(most_bytes=1_000_000, segment_bytes=400, free_bytes=0)


def delivery(*raws: bytes, ward="131032") -> Delivery:
    return Delivery(ward, "sender-1", "hec", 1_700_000_000_000_000, list(raws), occurrences_of(raws))


def payload(*raws: bytes) -> bytes:
    return encode(delivery(*raws))


def raws_of(queued) -> list[bytes]:
    return [raw for item in queued for raw in item.delivery.raws]
