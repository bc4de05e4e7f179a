"""Documents of ``_bulk`` by the block: one call of the JSON parser for all of them."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.elastic_bulk import documents_of, record_of_document
from yui.security.soc.formats.limits import DEFAULT_LIMITS
from yui.security.soc.formats.lines import json_objects
from yui.security.soc.formats.wire import WireFormat
from yui.security.soc.processing.preparing import read_one
from yui.security.soc.queue.deliveries import Delivery

BLOCK_BYTES = 64 * 1024
"""What stays in the processor's cache."""

Numbered = Iterator[tuple[int, LogRecord | Rejected]]


class Block(NamedTuple):
    """Some pieces of a delivery, one after another.

    Attributes:
        numbers: of the pieces in the delivery.
        objects: what the documents say; None where a piece is no plain pair of action line and object, and
            each must be read alone.
        text: the documents, joined by newlines.
    """

    numbers: range
    objects: list[dict[str, Any]] | None
    text: bytes


def blocks_of(delivery: Delivery) -> Iterator[Block]:
    """Parse the documents of a delivery of ``_bulk``."""
    for numbers in _numbers(delivery.raws):
        raws = delivery.raws[numbers.start : numbers.stop]
        documents = documents_of(raws) if max(map(len, raws)) <= DEFAULT_LIMITS.record_bytes else None
        text = b"\n".join(documents) if documents else b""
        objects = json_objects(text) if documents else None
        whole = objects is not None and len(objects) == len(raws)
        yield Block(numbers, objects if whole else None, text)


def record_in(delivery: Delivery, number: int, found: dict[str, Any]) -> LogRecord | Rejected:
    """Return the record of an object of a block; the object becomes the record's.

    Args:
        delivery: the block's.
        number: of the piece that the object was read from.
        found: the object.
    """
    return record_of_document(found, delivery.raws[number], f"{delivery.sender}#{number}")


def read_alone(block: Block, form: WireFormat, delivery: Delivery, zone: tzinfo) -> Numbered:
    """Read each piece of a block by itself."""
    for number in block.numbers:
        yield number, read_one(form, delivery, number, zone)


def _numbers(raws: Sequence[bytes]) -> Iterator[range]:
    """Yield the numbers of the pieces of each block."""
    begin = size = 0
    for number, raw in enumerate(raws):
        size += len(raw)
        if size >= BLOCK_BYTES:
            yield range(begin, number + 1)
            begin, size = number + 1, 0
    if begin < len(raws):
        yield range(begin, len(raws))
