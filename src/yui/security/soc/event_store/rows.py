"""Stored rows back to events. Without Django, since Spark's workers come here too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store.layouts import fields_of


@dataclass(frozen=True)
class StoredEvent:
    """An event of the store.

    Attributes:
        ward: the code of the ward whose event it is.
        event_id: its 16 bytes.
        time: microseconds since 1970 UTC under which it is filed.
        received: microseconds at which it was received.
        clock: why its own time was not believed, empty when it was.
        record: the record as it came.
    """

    ward: str
    event_id: bytes
    time: int
    received: int
    clock: str
    record: LogRecord


def events_of_rows(
    rows: Sequence[Mapping[str, Any]], ward: str, *, partial: bool = False
) -> Iterator[StoredEvent]:
    """Yield the events of rows, times as microseconds.

    Args:
        partial: whether the rows hold some columns only; other fields, and the raw text, are then left out.
    """
    for row in rows:
        clock = row["clock"] or ""
        told = row["told_time"] if clock else row["time"]
        record = LogRecord(
            source=LogSource(row["product"], row["category"], row["service"]),
            time=told,
            fields=fields_of(row, partial=partial),
            raw=row.get("raw") or "",
            identifier=row.get("identifier") or "",
        )
        yield StoredEvent(ward, row["event_id"], row["time"], row["received"], clock, record)
