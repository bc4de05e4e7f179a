"""Whole events behind the rows of an answer."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import fetch_rows
from yui.security.soc.event_store.clocks import DAY, HOUR
from yui.security.soc.event_store.reading import (
    IN_SPAN,
    Span,
    find_event,
    read_events,
    source_of,
)
from yui.security.soc.event_store.rows import StoredEvent

DAYS_TRIED = (2, 30, 400)


def whole_events(reach: Reach, span: Span, ids: Sequence[bytes]) -> Iterator[StoredEvent]:
    """Yield the events of these identifiers within span and reach, by file of the lake."""
    source = source_of(reach, span, {"event_id": "BLOB", "time": "TIMESTAMP"})
    sql = (
        "SELECT lake_file, organisation, list(lake_row) FROM {lake} "  # noqa: S608
        f"WHERE {IN_SPAN} AND event_id IN (SELECT unnest($ids::BLOB[])) GROUP BY ALL ORDER BY ALL"
    )
    for path, ward, found in fetch_rows(sql, {"lake": source}, {"ids": list(ids), **span.parameters}):
        yield from read_events(Path(path), ward, found)


def event_of(reach: Reach, ward: str, event_id: bytes, *, at: int | None, now: int) -> StoredEvent | None:
    """Return one event of a ward; ``None`` where the reader may see none.

    Args:
        at: microseconds near the time under which it is filed (within an hour); without it the last days are
            searched, then months.
        now: microseconds since 1970 UTC.
    """
    within = Reach(frozenset({ward}) if reach.codes is None else reach.codes & {ward}, None, reach.reason)
    spans = [Span(at - HOUR, at + HOUR)] if at is not None else []
    spans += [Span(now - days * DAY, now + 2 * DAY) for days in DAYS_TRIED]
    return next((found for span in spans if (found := find_event(within, event_id, span))), None)
