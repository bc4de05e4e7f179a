"""Storage gathers events by kind while it parses: flat Windows events by whole columns, others one by one."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

import orjson

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.event_store.gathering import Gathered
from yui.security.soc.formats.elastic_bulk import PLAIN_ACTIONS, split_bulk
from yui.security.soc.formats.limits import DEFAULT_LIMITS
from yui.security.soc.formats.objects import flat_record
from yui.security.soc.formats.windows_columns import flat_columns
from yui.security.soc.formats.wire import WireFormat
from yui.security.soc.processing.blocks import record_in
from yui.security.soc.processing.identity import DeliveryIds, Known
from yui.security.soc.processing.preparing import WardEvents, read_one
from yui.security.soc.queue.contract import Queued

MOST_SHAPES = 10_000
_NESTED = frozenset((dict, list))
_flat: dict[tuple[str, ...], bool] = {}
"""Whether objects with these names are flat Windows events unless a value is nested."""

_Kind = tuple[tuple[str, ...], tuple[type, ...]]
"""The names of an object and the types of its values."""
_Document = tuple[int, bytes, bytes, dict[str, Any]]
"""A document that is one object: the number of its piece, action line, text, and what it says."""


def gather(events: WardEvents, queued: Queued, form: WireFormat, zone: tzinfo) -> list[Rejected]:
    """Add the events of a delivery to those of its ward; return what is no event.

    The order of a delivery's events means nothing.
    """
    taking, delivery = _Taking(events, queued), queued.delivery
    if form is not WireFormat.ELASTIC_BULK:
        for number in range(len(delivery.raws)):
            taking.add(number, read_one(form, delivery, number, zone))
        return taking.bad
    alike: defaultdict[_Kind, list[_Document]] = defaultdict(list)
    for number, raw in enumerate(delivery.raws):
        head, _, text = raw.partition(b"\n")
        found = _object(head, text) if len(raw) <= DEFAULT_LIMITS.record_bytes else None
        if found is None:
            taking.add(number, read_one(form, delivery, number, zone))
        else:
            alike[tuple(found), tuple(map(type, found.values()))].append((number, head, text, found))
    for kind, documents in alike.items():
        if not taking.add_columns(kind, documents):
            for number, _head, _text, found in documents:
                taking.add(number, record_in(delivery, number, found))
    return taking.bad


def _object(head: bytes, text: bytes) -> dict[str, Any] | None:
    """Return what a document says; None where the piece must be looked at more closely."""
    if head not in PLAIN_ACTIONS and not _is_writing(head):
        return None
    try:
        found = orjson.loads(text)
    except ValueError:
        return None
    return found if found.__class__ is dict else None


def _is_writing(head: bytes) -> bool:
    """Tell whether an action line is one that a document follows."""
    return next(split_bulk(head + b"\n{}")).rejected is None


class _Taking:
    """Adds the events of one delivery."""

    def __init__(self, events: WardEvents, queued: Queued) -> None:
        self._events, self._delivery, self._ids = events, queued.delivery, DeliveryIds(queued)
        self._named: dict[bytes, str] = {}
        self.bad: list[Rejected] = []

    def add(self, number: int, record: LogRecord | Rejected) -> None:
        """Add what a piece turned out to be."""
        if isinstance(record, LogRecord):
            self._events.records.append(record)
            self._events.pieces.append(Known(self._ids.of(number, self._delivery.raws[number])))
        else:
            self.bad.append(record)

    def add_columns(self, kind: _Kind, documents: Sequence[_Document]) -> bool:
        """Add documents of one kind as the records that ``record_of_document`` makes of flat Windows events.

        Returns:
            whether it has added them; else each must be looked at.
        """
        (names, types), records = kind, self._events.records
        numbers, heads, texts, objects = zip(*documents, strict=True)
        if not isinstance(records, Gathered) or not _is_flat(names, types, objects[0]):
            return False
        columns = list(zip(*map(dict.values, objects), strict=True))
        found = flat_columns(dict(zip(names, columns, strict=True)), len(documents))
        if found is None:
            return False
        identifiers = found.identifiers
        if not PLAIN_ACTIONS.keys() >= set(heads):
            identifiers = [self._name(head) or own for head, own in zip(heads, identifiers, strict=True)]
        places = [f"{self._delivery.sender}#{number}" for number in numbers]
        raws = list(map(bytes.decode, texts))
        records.extend((found.source, names, types), columns, found.times, raws, places, identifiers)
        self._events.pieces += map(Known, self._ids.all(numbers, self._delivery.raws))
        return True

    def _name(self, head: bytes) -> str:
        """Return the identifier that an action line gives."""
        name = self._named.get(head)
        if name is None:
            name = self._named[head] = next(split_bulk(head + b"\n{}")).identifier
        return name


def _is_flat(names: tuple[str, ...], types: tuple[type, ...], example: dict[str, Any]) -> bool:
    """Tell whether objects are flat Windows events, which names and types decide."""
    if not _NESTED.isdisjoint(types):
        return False
    known = _flat.get(names)
    if known is None:
        if len(_flat) >= MOST_SHAPES:
            _flat.clear()
        known = _flat[names] = flat_record(example) is not None
    return known
