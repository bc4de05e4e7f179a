"""A new rule over old events: what the stream would have found, had the rule been there.

A query asks of the columns what the rule needs at least (``candidates``); the very ``detect`` of the stream
decides on what passes, first on the fields that the rule looks at, then, for the explanation, on the whole
event.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import connection, identifier, narrow_relation
from yui.kernel.lake.shapes import by_shape
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.engine.sigma import (
    CompiledRules,
    Match,
    Rule,
    candidate_conditions,
    columns_of,
    detect,
)
from yui.security.soc.event_store.candidates import (
    ANY_VALUE,
    any_value_sql,
    candidate_sql,
    looks_at_any_value,
)
from yui.security.soc.event_store.dataset import COLUMNS, FIELD_PREFIX, field_column, may_have_column
from yui.security.soc.event_store.layouts import fields_of
from yui.security.soc.event_store.reading import (
    IN_SPAN,
    Span,
    live_paths,
    read_events,
    source_of,
)
from yui.security.soc.event_store.rows import StoredEvent
from yui.security.soc.event_store.sql_tests import Bound

ROWS_AT_ONCE = 8_192
MOST_MATCHES = 100_000
_NEEDED = ("time", "product", "category", "service", "clock", "told_time", "layout", "rest")


class Found(NamedTuple):
    """A stored event that a rule matches."""

    event: StoredEvent
    match: Match


@dataclass(frozen=True)
class RetroHunt:
    """What a rule finds among stored events.

    Attributes:
        found: the matches, by file of the lake.
        events: how many events the files of the span hold, within reach.
        candidates: how many of them had to be looked at one by one.
        is_cut: whether there are more matches than were asked for.
        seconds: how long it took.
    """

    found: tuple[Found, ...]
    events: int
    candidates: int
    is_cut: bool
    seconds: float


def retro_hunt(
    reach: Reach,
    rules: CompiledRules,
    span: Span,
    *,
    wards: Sequence[str] | None = None,
    groups: frozenset[str] = frozenset(),
    most: int = MOST_MATCHES,
    progress: Callable[[str], None] | None = None,
) -> RetroHunt:
    """Return what each of ``rules`` matches among the stored events of the span that lie within reach.

    Args:
        wards: only these.
        groups: the optional routes with which the rules were compiled.
        most: at most so many matches.
        progress: told the rule that is looked for.

    Raises:
        LakeFileMissing: when a file cannot be read.
    """
    begun = time.monotonic()
    source = source_of(reach, span, {}, wards=wards)
    files = live_paths(source)
    found: list[Found] = []
    candidates = 0
    for rule in rules:
        if progress is not None:
            progress(rule.id)
        search = _Search(rule, rules.subset([rule.id]), span, groups)
        for one in search.matches(files):
            found.append(one)
            if len(found) > most:
                break
        candidates += search.candidates
    events = sum(source.files().values_list("rows", flat=True))
    seconds = time.monotonic() - begun
    return RetroHunt(tuple(found[:most]), events, candidates, len(found) > most, seconds)


class _Search:
    """One rule over the files of a span."""

    def __init__(self, rule: Rule, rules: CompiledRules, span: Span, groups: frozenset[str]) -> None:
        self._rules, self._span = rules, span
        self._condition = candidate_conditions(rule, groups)
        self._fields = columns_of(rule, groups)
        self.candidates = 0

    def matches(self, files: Sequence[tuple[Path, str]]) -> Iterator[Found]:
        """Yield the events that the rule matches, whole and explained."""
        ward_of = {str(path): ward for path, ward in files}
        for paths, columns in self._in_groups(list(ward_of)):
            found: dict[str, list[int]] = {}
            for path, row in self._candidates(paths, columns):
                found.setdefault(path, []).append(row)
            for path, rows in found.items():
                for at in range(0, len(rows), ROWS_AT_ONCE):
                    yield from self._explained(Path(path), ward_of[path], rows[at : at + ROWS_AT_ONCE])

    def _in_groups(self, paths: list[str]) -> Iterator[tuple[list[str], list[str]]]:
        """Yield files with the columns of fields to read: all at once where the rule names its fields.

        A rule on any value is asked of all columns that a file has, so files of one shape go together.
        """
        if not paths:
            return
        if self._fields is not None and not looks_at_any_value(self._condition):
            yield paths, sorted(field_column(name) for name in self._fields if may_have_column(name))
            return
        for group in by_shape(connection(), paths):
            yield group, _field_columns(group[0])

    def _candidates(self, paths: Sequence[str], columns: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Yield file and row of the events on which the rule holds."""
        bound = Bound()
        condition, any_value = candidate_sql(bound, self._condition), ""
        if looks_at_any_value(self._condition):
            any_value = f", {any_value_sql(bound, self._condition, columns)} AS {ANY_VALUE}"
        wanted = {name: COLUMNS[name] for name in _NEEDED} | dict.fromkeys(columns, "VARCHAR")
        relation = narrow_relation(bound.columns | wanted, [Path(path) for path in paths])
        chosen = ", ".join(identifier(name) for name in wanted)
        sql = (
            f"SELECT {chosen}, epoch_us(time) AS at, lake_file, lake_row "  # noqa: S608
            f"FROM (SELECT *{any_value} FROM {relation}) WHERE {IN_SPAN} AND {condition}"
        )
        parameters = bound.parameters(sql) | self._span.parameters
        for batch in connection().sql(sql, params=parameters).to_arrow_reader(ROWS_AT_ONCE):
            rows = batch.to_pylist()
            self.candidates += len(rows)
            records = [self._narrow_record(row) for row in rows]
            positions = {match.position for match in detect(self._rules, records)}
            yield from ((rows[at]["lake_file"], rows[at]["lake_row"]) for at in sorted(positions))

    def _narrow_record(self, row: Mapping[str, Any]) -> LogRecord:
        """Return a record with the fields that the rule looks at."""
        told = row["told_time"] if row["clock"] else row["at"]
        source = LogSource(row["product"], row["category"], row["service"])
        return LogRecord(source, told, fields_of(row, partial=True), "")

    def _explained(self, path: Path, ward: str, rows: Sequence[int]) -> Iterator[Found]:
        """Yield whole events of a file with what the rule says of them."""
        events = list(read_events(path, ward, rows))
        for match in detect(self._rules, [event.record for event in events]):
            yield Found(events[match.position], match)


def _field_columns(path: str) -> list[str]:
    """Return the columns of fields that a file has."""
    # Heavy: most processes never come here.
    import pyarrow.parquet as pq

    return [name for name in pq.read_schema(path).names if name.startswith(FIELD_PREFIX)]
