"""One event that something stumbles over must not hold up all others: it is found, told, and set apart."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.db import DatabaseError

from yui.kernel.lake.errors import LakeError
from yui.security.soc.event_store.arriving import Batch
from yui.security.soc.event_store.errors import TooManyWriters
from yui.security.soc.event_store.writing import AppendResult
from yui.security.soc.processing.detecting import Hit
from yui.security.soc.processing.preparing import Prepared, RejectedSum, WardEvents

log = logging.getLogger(__name__)
OUTSIDE = (DatabaseError, LakeError, OSError, TooManyWriters, MemoryError)
"""Faults that no event is to blame for: the same is tried again."""
NOT_STORABLE = "not_storable"
NOTHING = AppendResult(0, 0, 0, 0, ())

Events = Mapping[str, WardEvents]


def match_what_can_be(match: Callable[[Events], list[Hit]], wards: Events) -> tuple[list[Hit], int]:
    """Return the matches of all events that can be looked at, and how many cannot."""
    try:
        return match(wards), 0
    except OUTSIDE:
        raise
    except Exception:
        parts = list(_halves(wards))
        if not parts:
            place = next(record.place for events in wards.values() for record in events.records)
            log.exception("the rules cannot look at event %s; it is stored without", place)
            return [], 1
    found = [match_what_can_be(match, part) for part in parts]
    return [hit for hits, _unmatched in found for hit in hits], sum(unmatched for _hits, unmatched in found)


def store_what_can_be(store: Callable[[Iterable[Batch]], AppendResult], pending: Prepared) -> AppendResult:
    """Store the events of ``pending``; an event that cannot be stored becomes a rejection there.

    Raises:
        Exception: what ``store`` raises when no event is to blame (``OUTSIDE``).
    """
    return _stored(store, pending, pending.wards)


def _stored(
    store: Callable[[Iterable[Batch]], AppendResult], pending: Prepared, wards: Events
) -> AppendResult:
    if not any(map(len, wards.values())):
        return NOTHING
    try:
        return store([_batch(ward, one) for ward, one in wards.items() if len(one)])
    except OUTSIDE:
        raise
    except Exception as error:
        parts = list(_halves(wards))
        if not parts:
            log.exception("an event cannot be stored; it is kept aside")
            _reject(pending, wards, error)
            return NOTHING
    results = [_stored(store, pending, part) for part in parts]
    return AppendResult(
        sum(one.stored for one in results),
        sum(one.duplicates for one in results),
        sum(one.files for one in results),
        sum(one.odd_clocks for one in results),
        tuple(field for one in results for field in one.new_fields),
    )


def _batch(ward: str, events: WardEvents) -> Batch:
    ids = [piece.event_id for piece in events.pieces]
    return Batch(ward, events.records, events.received, ids)


def _reject(pending: Prepared, wards: Events, error: Exception) -> None:
    ward, events = next((ward, one) for ward, one in wards.items() if len(one))
    record = events.records[0]
    sender = record.place.rpartition("#")[0]
    detail = f"保存できない内容です({error})。 / It cannot be stored ({error})."
    pending.reject((ward, sender, NOT_STORABLE), RejectedSum(1, detail[:500], record.raw[:2000]))


def _halves(wards: Events) -> Iterator[dict[str, WardEvents]]:
    """Yield the events in two parts; nothing where there is only one event."""
    filled = {ward: events for ward, events in wards.items() if len(events)}
    if sum(map(len, filled.values())) <= 1:
        return
    if len(filled) > 1:
        names = list(filled)
        for part in (names[: len(names) // 2], names[len(names) // 2 :]):
            yield {name: filled[name] for name in part}
        return
    ((ward, events),) = filled.items()
    middle = len(events) // 2
    for begin, end in ((0, middle), (middle, len(events))):
        yield {
            ward: WardEvents(events.records[begin:end], events.received[begin:end], events.pieces[begin:end])
        }
