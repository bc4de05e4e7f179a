"""Detection looks over documents by the block and makes records only of what some rule may match.

Storage reads all pieces; what is no event is told there.
"""

import logging
from collections.abc import Sequence
from datetime import tzinfo
from typing import Any
from weakref import WeakKeyDictionary

from yui.security.soc.engine.sigma.compiling import CompiledRules
from yui.security.soc.engine.sigma.screening import Screen
from yui.security.soc.formats.objects import flat_record
from yui.security.soc.formats.wire import WireFormat
from yui.security.soc.processing.blocks import Numbered, blocks_of, read_alone, record_in
from yui.security.soc.processing.preparing import read_all
from yui.security.soc.processing.rules import RuleBook
from yui.security.soc.queue.deliveries import Delivery

log = logging.getLogger(__name__)


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
        for block in blocks_of(delivery):
            if block.objects is None:
                yield from read_alone(block, form, delivery, zone)
                continue
            suspects = _suspects(screen, block.objects, block.text)
            self.quiet += len(block.objects) - len(suspects)
            for at in suspects:
                number = block.numbers[at]
                yield number, record_in(delivery, number, block.objects[at])


def _suspects(screen: Screen, objects: Sequence[dict[str, Any]], text: bytes) -> Sequence[int]:
    """Return the positions of the objects that some rule may match."""
    try:
        return screen.suspects(objects, text)
    except Exception:
        log.exception("documents could not be looked over together; each is looked at")
        return range(len(objects))
