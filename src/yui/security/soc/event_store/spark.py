"""Detection on Spark over the files of the lake, by the very function of the stream.

Each worker takes rows as Arrow batches, puts the records together again and calls ``detect``. This module and
what it imports need no Django, since the workers have none.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from yui.security.soc.engine.sigma import CompiledRules, columns_of, detect
from yui.security.soc.event_store.dataset import field_column, may_have_column
from yui.security.soc.event_store.rows import events_of_rows

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

WARD = "ward"
RESULT = "ward string, event_id binary, time bigint, rule_id string, matched string"
_FACTS = (
    "event_id", "time", "received", "clock", "told_time", "product", "category", "service", "layout", "rest",
)  # fmt: skip
_IN_PATH = "/organisation=([0-9A-Za-z-]+)/"


class SparkFound(NamedTuple):
    """A match that Spark found.

    Attributes:
        ward: code of the event's ward.
        event_id: the event's 16 bytes.
        time: microseconds since 1970 UTC under which it is filed.
        rule_id: of the rule.
        matched: why, as JSON: field, value, literal, modifier of each thing that fitted.
    """

    ward: str
    event_id: bytes
    time: int
    rule_id: str
    matched: str


def detect_on_spark(
    session: "SparkSession",
    paths: Sequence[Path],
    rules: CompiledRules,
    *,
    groups: frozenset[str] = frozenset(),
    partitions: int | None = None,
) -> list[SparkFound]:
    """Return what ``rules`` match in the events of ``paths``, in the order of ward, event and rule.

    Args:
        paths: files of events in their ``organisation=…`` folders; the caller has seen to the reach.
        groups: the optional routes with which the rules were compiled.
        partitions: into how many parts to divide the rows; as Spark likes by default.
    """
    if not paths:
        return []
    # Heavy and optional: only installations with the extra ``spark`` have it.
    from pyspark.sql import functions as F

    stored = session.read.option("mergeSchema", "true").parquet(*map(str, paths))
    ward = F.regexp_extract(F.input_file_name(), _IN_PATH, 1).alias(WARD)
    chosen = [F.col(f"`{name}`") for name in _columns(stored.columns, rules, groups)]
    rows = stored.select(ward, *chosen)
    if partitions is not None:
        rows = rows.repartition(partitions)

    def run(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        return matches_of(batches, rules)

    found = rows.mapInArrow(run, RESULT).collect()
    return sorted(SparkFound(row[0], bytes(row[1]), *row[2:]) for row in found)


def _columns(held: Sequence[str], rules: CompiledRules, groups: frozenset[str]) -> list[str]:
    """Return the columns that the rules need, of those that the files hold."""
    needed: set[str] = set(_FACTS)
    for rule in rules:
        fields = columns_of(rule, groups)
        if fields is None:
            return list(held)
        needed |= {field_column(name) for name in fields if may_have_column(name)}
    return [name for name in held if name in needed]


def matches_of(batches: "Iterable[pa.RecordBatch]", rules: CompiledRules) -> "Iterator[pa.RecordBatch]":
    """Yield the matches in batches of stored rows; runs in Spark's workers."""
    # Heavy: most processes never come here.
    import pyarrow as pa

    schema = pa.schema(
        [
            (WARD, pa.string()),
            ("event_id", pa.binary()),
            ("time", pa.int64()),
            ("rule_id", pa.string()),
            ("matched", pa.string()),
        ]
    )
    for batch in batches:
        rows = _rows(batch)
        wards = [row[WARD] for row in rows]
        events = list(events_of_rows(rows, "", partial=True))
        found = detect(rules, [event.record for event in events])
        columns: list[list[Any]] = [
            [wards[match.position] for match in found],
            [events[match.position].event_id for match in found],
            [events[match.position].time for match in found],
            [match.rule.id for match in found],
            [matched_text(match.atoms) for match in found],
        ]
        yield pa.RecordBatch.from_arrays(
            [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)],
            schema=schema,
        )


def _rows(batch: "pa.RecordBatch") -> list[dict[str, Any]]:
    """Return the rows of a batch with times as microseconds."""
    # Heavy: most processes never come here.
    import pyarrow as pa

    arrays = [
        column.cast(pa.timestamp("us")).cast(pa.int64()) if pa.types.is_timestamp(column.type) else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names).to_pylist()


def matched_text(atoms: Iterable[Any]) -> str:
    """Return why a rule matched as JSON."""
    return orjson.dumps([list(atom) for atom in atoms], default=str).decode()
