"""A hunt's answer: how many events, when, of which wards, with which fields, and the events themselves."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import fetch_rows
from yui.security.soc.engine.hunting.tree import Hunt
from yui.security.soc.event_store.clocks import SECOND
from yui.security.soc.event_store.hunt_sql import condition_sql, value_sql
from yui.security.soc.event_store.layouts import parsed_layout
from yui.security.soc.event_store.reading import IN_SPAN, Span, source_of
from yui.security.soc.event_store.sql_tests import Bound

ROWS_SHOWN = 200
MOST_ROWS = 10_000
SECONDS_ALLOWED = 30.0
MOST_BUCKETS = 60
BUCKETS = (1, 5, 15, 60, 300, 900, 3600, 3 * 3600, 12 * 3600, 86_400, 7 * 86_400, 30 * 86_400)
"""Widths of the histogram's columns in seconds."""
USUAL_COLUMNS = ("channel", "event_number", "host", "user", "process", "command_line")
FACTS_SHOWN = ("product", "service")


@dataclass(frozen=True)
class Bucket:
    """How many events a stretch of time has; ``start`` in microseconds since 1970 UTC."""

    start: int
    count: int


@dataclass(frozen=True)
class Hit:
    """One event of the answer.

    Attributes:
        ward: code of its ward.
        event_id: its 16 bytes.
        time: microseconds since 1970 UTC under which it is filed.
        values: the texts of the columns shown; None where the event has no such field.
    """

    ward: str
    event_id: bytes
    time: int
    values: tuple[str | None, ...]


@dataclass(frozen=True)
class Counted:
    """One group of ``count by``."""

    values: tuple[str | None, ...]
    count: int
    first: int
    last: int


@dataclass(frozen=True)
class Answer:
    """What a hunt found.

    Attributes:
        total: how many events meet the condition.
        width: seconds that one bucket covers.
        by_ward: how many events each ward has, the most first.
        by_field: in how many of the events each field stands, the most frequent first.
        columns: names of the values of ``hits`` or ``counted``.
        hits: the events, at most ``limit``.
        counted: groups, when the hunt counts.
        is_cut: whether more rows meet the condition than are given.
        seconds: how long it took.
    """

    total: int
    width: int
    buckets: tuple[Bucket, ...]
    by_ward: tuple[tuple[str, int], ...]
    by_field: tuple[tuple[str, int], ...]
    columns: tuple[str, ...]
    hits: tuple[Hit, ...]
    counted: tuple[Counted, ...]
    is_cut: bool
    seconds: float


def search(
    reach: Reach,
    hunt: Hunt,
    span: Span,
    *,
    wards: Sequence[str] | None = None,
    most: int = ROWS_SHOWN,
    seconds: float = SECONDS_ALLOWED,
) -> Answer:
    """Return what ``hunt`` finds among the events of the span that lie within reach.

    Args:
        wards: only these; a ward beyond reach has no events.
        most: at most so many rows.
        seconds: after how long the search is given up.

    Raises:
        LakeQueryTooLong, LakeQueryTooLarge: when it is given up.
        LakeFileMissing: when a file cannot be read.
    """
    begun = time.monotonic()
    asked = _Asked(reach, hunt, span, wards, min(most, hunt.limit or most), begun + seconds)
    width = width_of(span)
    total, buckets, by_ward, by_field = asked.overview(width)
    hits: tuple[Hit, ...] = ()
    counted: tuple[Counted, ...] = ()
    if hunt.count_by:
        counted, is_cut = asked.counted()
    else:
        hits = asked.hits() if total else ()
        is_cut = len(hits) < min(total, hunt.limit or total)
    return Answer(
        total,
        width,
        buckets,
        by_ward,
        by_field,
        hunt.count_by or asked.columns,
        hits,
        counted,
        is_cut,
        time.monotonic() - begun,
    )


def width_of(span: Span) -> int:
    """Return the smallest width (seconds) with which the span needs no more than ``MOST_BUCKETS`` columns."""
    length = (span.end - span.first) / SECOND
    return next((width for width in BUCKETS if length / width <= MOST_BUCKETS), BUCKETS[-1])


class _Asked:
    """A hunt with its limits."""

    def __init__(
        self,
        reach: Reach,
        hunt: Hunt,
        span: Span,
        wards: Sequence[str] | None,
        most: int,
        deadline: float,
    ) -> None:
        self._reach, self._hunt, self._span, self._wards = reach, hunt, span, wards
        self._most, self._deadline = most, deadline
        self.columns = hunt.columns or USUAL_COLUMNS

    def overview(
        self, width: int
    ) -> tuple[int, tuple[Bucket, ...], tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
        """Return the number of events, and how they are spread over time, wards and fields."""
        bound = Bound()
        bucket = f"time_bucket(to_seconds({bound.value(width)}::BIGINT), time)"
        layout = bound.known("layout")
        rows = self._run(
            bound,
            f"SELECT epoch_us(any_value({bucket})), any_value(organisation), any_value({layout}), count(*), "
            f"grouping({bucket}, organisation, {layout})",
            f"GROUP BY GROUPING SETS (({bucket}), (organisation), ({layout}))",
        )
        buckets, wards, fields = {}, Counter[str](), Counter[str]()
        for start, ward, kept, count, grouping in rows:
            if grouping == 0b011:
                buckets[start] = count
            elif grouping == 0b101:
                wards[ward] += count
            else:
                for name in {name for name, _, _ in parsed_layout(kept)}:
                    fields[name] += count
        ordered = tuple(Bucket(start, buckets[start]) for start in sorted(buckets))
        return sum(wards.values()), ordered, _ranked(wards), _ranked(fields)

    def hits(self) -> tuple[Hit, ...]:
        """Return the events, the newest first unless the hunt says otherwise."""
        bound = Bound()
        chosen = [value_sql(bound, name) for name in self.columns]
        rows = self._run(
            bound,
            f"SELECT organisation, {bound.known('event_id')}, epoch_us(time)"
            + "".join(f", {sql}" for sql in chosen),
            f"ORDER BY {self._order(bound)} LIMIT {int(self._most)}",
        )
        return tuple(Hit(ward, event_id, at, tuple(values)) for ward, event_id, at, *values in rows)

    def counted(self) -> tuple[tuple[Counted, ...], bool]:
        """Return the groups with most events, and whether there are more."""
        bound = Bound()
        chosen = ", ".join(value_sql(bound, name) for name in self._hunt.count_by)
        places = ", ".join(str(at + 1) for at in range(len(self._hunt.count_by)))
        rows = self._run(
            bound,
            f"SELECT {chosen}, count(*), epoch_us(min(time)), epoch_us(max(time))",
            f"GROUP BY {places} ORDER BY count(*) DESC, {places} LIMIT {int(self._most) + 1}",
        )
        groups = tuple(Counted(tuple(row[:-3]), *row[-3:]) for row in rows[: self._most])
        return groups, len(rows) > self._most and not self._hunt.limit

    def _order(self, bound: Bound) -> str:
        event_id = bound.known("event_id")
        if not self._hunt.sort or self._hunt.sort == "time":
            direction = "ASC" if self._hunt.is_ascending else "DESC"
            return f"time {direction}, {event_id}"
        value = value_sql(bound, self._hunt.sort)
        direction = "ASC NULLS LAST" if self._hunt.is_ascending else "DESC NULLS LAST"
        # Numbers by their size, texts by their letters, numbers first.
        return f"try_cast({value} AS DOUBLE) {direction}, {value} {direction}, time DESC, {event_id}"

    def _run(self, bound: Bound, select: str, ending: str) -> list[tuple[Any, ...]]:
        bound.known("time")
        condition = condition_sql(bound, self._hunt.condition)
        source = source_of(self._reach, self._span, bound.columns, wards=self._wards)
        sql = f"{select} FROM {{lake}} WHERE {IN_SPAN} AND {condition} {ending}"
        left = max(0.1, self._deadline - time.monotonic())
        return fetch_rows(sql, {"lake": source}, bound.parameters(sql) | self._span.parameters, seconds=left)


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
