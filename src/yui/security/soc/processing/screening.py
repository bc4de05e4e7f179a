"""Detection looks over documents by the block and makes records only of what some rule may match.

Storage reads all pieces; what is no event is told there.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from weakref import WeakKeyDictionary

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.engine.sigma.compiling import CompiledRules
from yui.security.soc.engine.sigma.screening import Screen
from yui.security.soc.formats.elastic_bulk import documents_of, record_of_document
from yui.security.soc.formats.limits import DEFAULT_LIMITS
from yui.security.soc.formats.lines import json_objects
from yui.security.soc.formats.objects import flat_record
from yui.security.soc.formats.wire import WireFormat
from yui.security.soc.processing.preparing import read_all, read_one
from yui.security.soc.processing.rules import RuleBook
from yui.security.soc.queue.deliveries import Delivery

log = logging.getLogger(__name__)
BLOCK_BYTES = 64 * 1024
"""What stays in the processor's cache."""

Numbered = Iterator[tuple[int, LogRecord | Rejected]]


class Screens:
    """What looks over the deliveries of each ward.

    Attributes:
        quiet: events that no rule matches, of which no records were made, since somebody last took it.
    """

    def __init__(self) -> None:
        self._book: RuleBook | None = None
        self._made: WeakKeyDictionary[CompiledRules, Screen] = WeakKeyDictionary()
        self._of_ward: dict[str, Screen] = {}
        self.quiet = 0

    def follow(self, book: RuleBook) -> None:
        """Use these rules from now on."""
        if book is self._book:
            return
        self._book, self._of_ward = book, {}
        for rules, wards in book.groups(book.wards):
            if rules not in self._made:
                self._made[rules] = Screen(rules, flat_record)
            self._of_ward |= dict.fromkeys(wards, self._made[rules])

    def read(self, form: WireFormat, delivery: Delivery, zone: tzinfo) -> Numbered:
        """Read the pieces of a delivery that some rule may match, and those that are no documents."""
        screen = self._of_ward.get(delivery.ward)
        if screen is None or form is not WireFormat.ELASTIC_BULK:
            yield from read_all(form, delivery, zone)
            return
        for numbers in _blocks(delivery.raws):
            yield from self._suspects(screen, delivery, numbers, zone)

    def _suspects(self, screen: Screen, delivery: Delivery, numbers: range, zone: tzinfo) -> Numbered:
        raws = delivery.raws[numbers.start : numbers.stop]
        documents = documents_of(raws) if max(map(len, raws)) <= DEFAULT_LIMITS.record_bytes else None
        text = b"\n".join(documents) if documents else b""
        objects = json_objects(text) if documents else None
        if objects is None or len(objects) != len(raws):
            for number in numbers:
                yield number, read_one(WireFormat.ELASTIC_BULK, delivery, number, zone)
            return
        try:
            found: Sequence[int] = screen.suspects(objects, text)
        except Exception:
            log.exception("documents could not be looked over together; each is looked at")
            found = range(len(objects))
        self.quiet += len(objects) - len(found)
        for at in found:
            number = numbers[at]
            yield number, record_of_document(objects[at], raws[at], f"{delivery.sender}#{number}")


def _blocks(raws: Sequence[bytes]) -> Iterator[range]:
    """Yield the numbers of the pieces of each block."""
    begin = size = 0
    for number, raw in enumerate(raws):
        size += len(raw)
        if size >= BLOCK_BYTES:
            yield range(begin, number + 1)
            begin, size = number + 1, 0
    if begin < len(raws):
        yield range(begin, len(raws))
