"""Stored events back to records, always within what the reader may reach."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, fetch_rows, literal
from yui.kernel.lake.reading import connection as lake_connection
from yui.security.soc.event_store.clocks import DAY, hour_part
from yui.security.soc.event_store.dataset import events
from yui.security.soc.event_store.rows import StoredEvent, events_of_rows

ROWS_AT_ONCE = 5_000
IN_SPAN = "time >= make_timestamp($span_first::BIGINT) AND time < make_timestamp($span_end::BIGINT)"
"""SQL that keeps the rows of a span; it takes ``Span.parameters``."""


@dataclass(frozen=True)
class Span:
    """A stretch of time in microseconds since 1970 UTC: from ``first`` up to, not including, ``end``."""

    first: int
    end: int

    @property
    def parts(self) -> tuple[str, str]:
        """First and last part of the lake that may hold events of the span, in the order of text.

        The part of a whole day (``2026-11-26``) comes before those of its hours.
        """
        return hour_part(self.first)[:10], hour_part(max(self.first, self.end - 1))

    @property
    def parameters(self) -> dict[str, int]:
        """The values for ``IN_SPAN``."""
        return {"span_first": self.first, "span_end": self.end}

    @classmethod
    def last_days(cls, days: float, until: int) -> "Span":
        """The ``days`` days before ``until``, and what was filed up to a day after it."""
        return cls(until - int(days * DAY), until + DAY)


def source_of(
    reach: Reach,
    span: Span,
    columns: Mapping[str, str],
    *,
    wards: Sequence[str] | None = None,
) -> Source:
    """Return the files that may hold events of the span, narrowed to ``columns``."""
    return Source(events(), reach, organisations=wards, part_range=span.parts, columns=columns)


def find_event(reach: Reach, event_id: bytes, span: Span) -> StoredEvent | None:
    """Return the event of this identifier within the span; ``None`` where the reader may see none."""
    source = source_of(reach, span, {"event_id": "BLOB", "time": "TIMESTAMP"})
    sql = f"SELECT lake_file, organisation, lake_row FROM {{lake}} WHERE event_id = $id AND {IN_SPAN} LIMIT 1"  # noqa: S608
    found = fetch_rows(sql, {"lake": source}, {"id": event_id, **span.parameters})
    if not found:
        return None
    path, ward, row = found[0]
    return next(read_events(Path(path), ward, [row]), None)


def read_events(path: Path, ward: str, rows: Sequence[int] | None = None) -> Iterator[StoredEvent]:
    """Yield whole events of one file of the lake, in its order.

    Args:
        path: a file within reach of whoever asks; the caller has seen to that.
        rows: numbers of the only rows to read (``lake_row``), whose pages alone are then unpacked.
    """
    wanted = "" if rows is None else f"WHERE file_row_number IN ({', '.join(str(int(row)) for row in rows)})"
    sql = (
        "SELECT * EXCLUDE (file_row_number) "  # noqa: S608
        "REPLACE (epoch_us(time) AS time, epoch_us(received) AS received) "
        f"FROM read_parquet({literal(str(path))}, hive_partitioning = false, file_row_number = true) {wanted}"
    )
    for batch in lake_connection().sql(sql).to_arrow_reader(ROWS_AT_ONCE):
        yield from events_of_rows(batch.to_pylist(), ward)


def live_paths(source: Source) -> list[tuple[Path, str]]:
    """Return path and ward of each file of a source, the newest hours last."""
    found = (
        source.files().order_by("part", "organisation_code", "pk").values_list("path", "organisation_code")
    )
    return [(settings.LAKE / path, ward) for path, ward in found]
