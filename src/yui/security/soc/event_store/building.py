"""Records to one Arrow table, by whole columns: what the store writes at 20,000 events a second."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store.arriving import Arrived
from yui.security.soc.event_store.dataset import NORMALISED
from yui.security.soc.event_store.layouts import (
    NOTHING,
    REST,
    Shape,
    all_in_rest,
    rest_text,
    shape_of,
    texts_of,
)

if TYPE_CHECKING:
    import pyarrow as pa

MOST_COLUMNS = 500
MOST_SHAPES = 300
LARGEST_NUMBER = 2**63 - 1
CHANNEL, NUMBER = "Channel", "EventID"
Normalise = Callable[[LogRecord], Sequence[Any]]


class Built(NamedTuple):
    """A table of events and which fields each log source carried."""

    table: "pa.Table"
    fields: dict[LogSource, set[str]]


class _Kind:
    """The records of one source and shape, by their positions in what arrived."""

    __slots__ = ("positions", "shape", "source", "values")

    def __init__(self, source: LogSource, shape: Shape) -> None:
        self.source, self.shape = source, shape
        self.positions: list[int] = []
        self.values: list[tuple[Any, ...]] = []


class _Columns:
    """The columns of a table while kind after kind is put beneath the last."""

    def __init__(self, usual: frozenset[str]) -> None:
        self.usual = usual
        self.rows = 0
        self.fields: dict[str, list[str | None]] = {}
        self.channels: list[str | None] = []
        self.numbers: list[int | None] = []
        self.layouts: list[str] = []
        self.layout_of: list[int] = []
        self.rests: list[str | None] = []

    def add(self, kind: _Kind) -> None:
        """Put the records of one kind beneath the rows so far."""
        names, count = kind.shape.names, len(kind.values)
        letters = list(kind.shape.kinds)
        channels: list[str | None] = [None] * count
        numbers: list[int | None] = [None] * count
        for at, values in enumerate(zip(*kind.values, strict=True)):
            letters[at] = self._field(kind.shape.columns[at], letters[at], values)
            if names[at] == CHANNEL:
                channels = [value if type(value) is str and value else None for value in values]
            elif names[at] == NUMBER and not _is_doubled(NUMBER, names):
                numbers = list(map(_number, values))
        told = "".join(letters)
        self.layout_of.extend(repeat(len(self.layouts), count))
        self.layouts.append(Shape(names, kind.shape.columns, told).layout)
        self.channels.extend(channels)
        self.numbers.extend(numbers)
        if REST in told:
            self.rests.extend(rest_text(names, told, values) for values in kind.values)
        else:
            self.rests.extend(repeat(None, count))
        self.rows += count

    def _field(self, column: str, letter: str, values: Sequence[Any]) -> str:
        """Add the values of one field if it has a column; return what the layout says of it."""
        texts = texts_of(letter, values) if column in self.usual else None
        if texts is None:
            return REST
        if letter != NOTHING:
            held = self.fields.setdefault(column, [])
            held.extend(repeat(None, self.rows - len(held)))
            held.extend(texts)
        return letter


def build(events: Arrived, normalise: Normalise) -> Built:
    """Return ``events`` as a table, those of one kind together.

    At most ``MOST_COLUMNS`` fields, the most frequent ones, have columns; other fields go into ``rest``, as
    do all fields of records of very rare shapes.

    Args:
        normalise: gives the OCSF columns of a record.
    """
    kinds = _by_kind(events.records)
    columns = _Columns(_usual_columns(kinds))
    seen: dict[LogSource, set[str]] = {}
    for kind in kinds:
        columns.add(kind)
        seen.setdefault(kind.source, set()).update(kind.shape.names)
    ordered = events.taken([position for kind in kinds for position in kind.positions])
    sources = [(kind.source, len(kind.positions)) for kind in kinds]
    return Built(_table(ordered, sources, columns, normalise), seen)


def _by_kind(records: Sequence[LogRecord]) -> list[_Kind]:
    """Sort the events by source and shape; the rarest shapes beyond the limit get no columns."""
    found: dict[Any, _Kind] = {}
    for position, record in enumerate(records):
        fields = record.fields
        values = tuple(fields.values())
        key = (record.source, *fields, *map(type, values))
        kind = found.get(key)
        if kind is None:
            kind = found[key] = _Kind(record.source, shape_of(list(fields), list(map(type, values))))
        kind.positions.append(position)
        kind.values.append(values)
    kinds = list(found.values())
    if len(kinds) > MOST_SHAPES:
        kinds.sort(key=lambda kind: -len(kind.positions))
        for kind in kinds[MOST_SHAPES:]:
            kind.shape = all_in_rest(kind.shape)
    kinds.sort(key=lambda kind: (kind.source, _first_channel(kind), kind.shape.names))
    return kinds


def _first_channel(kind: _Kind) -> str:
    names = kind.shape.names
    return str(kind.values[0][names.index(CHANNEL)]) if CHANNEL in names else ""


def _usual_columns(kinds: Sequence[_Kind]) -> frozenset[str]:
    """Return the columns that this table has: the most frequent ones."""
    counts: Counter[str] = Counter()
    for kind in kinds:
        for column in kind.shape.columns:
            if column:
                counts[column] += len(kind.positions)
    return frozenset(sorted(counts, key=lambda column: (-counts[column], column))[:MOST_COLUMNS])


def _is_doubled(name: str, names: Sequence[str]) -> bool:
    """Tell whether another field differs from ``name`` by case alone, so that neither decides the route."""
    return sum(one.casefold() == name.casefold() for one in names) > 1


def _number(value: Any) -> int | None:
    """Return an event number, which some logs write as text."""
    if type(value) is str and value.isascii() and value.isdecimal() and len(value) < len(str(LARGEST_NUMBER)):
        return int(value)
    return value if type(value) is int and abs(value) <= LARGEST_NUMBER else None


def _table(
    ordered: Arrived,
    sources: Sequence[tuple[LogSource, int]],
    columns: _Columns,
    normalise: Normalise,
) -> "pa.Table":
    """Return the rows as an Arrow table, fields by the names of their columns."""
    # Heavy: most processes never come here.
    import pyarrow as pa

    text, number, stamp = pa.string(), pa.int64(), pa.timestamp("us")
    records = ordered.records
    arrays: dict[str, pa.Array] = {
        "event_id": pa.array(ordered.ids, pa.binary()),
        "time": pa.array(ordered.times, number).cast(stamp),
        "received": pa.array(ordered.received, number).cast(stamp),
        "clock": pa.array([ordered.odd.get(at) for at in range(len(records))], text),
        "told_time": pa.array(_told(ordered), number),
        "product": _repeated([source.product for source, _ in sources], sources),
        "category": _repeated([source.category for source, _ in sources], sources),
        "service": _repeated([source.service for source, _ in sources], sources),
        "channel": _texts(columns.channels),
        "event_number": pa.array(columns.numbers, number),
    }
    by_column = zip(*map(normalise, records), strict=True)
    for (name, kind), values in zip(NORMALISED.items(), by_column, strict=True):
        arrays[name] = pa.array(values, number) if kind == "BIGINT" else _texts(values)
    arrays["identifier"] = _texts([record.identifier or None for record in records])
    arrays["layout"] = pa.DictionaryArray.from_arrays(
        pa.array(columns.layout_of, pa.int32()), pa.array(columns.layouts, text)
    )
    arrays["rest"] = _texts(columns.rests)
    arrays["raw"] = _texts([record.raw for record in records])
    for name in sorted(columns.fields):
        held = columns.fields[name]
        held.extend(repeat(None, columns.rows - len(held)))
        arrays[name] = pa.array(held, text)
    return pa.table(arrays)


def _repeated(values: Sequence[str], sources: Sequence[tuple[LogSource, int]]) -> "pa.Array":
    """Return one value per kind, as often as the kind has rows."""
    # Heavy: most processes never come here.
    import pyarrow as pa

    counts = [count for _, count in sources]
    places = np.repeat(np.arange(len(values), dtype=np.int32), counts)
    return pa.DictionaryArray.from_arrays(pa.array(places), pa.array(values, pa.string()))


def _told(events: Arrived) -> list[int | None]:
    """Return the times that unbelieved clocks told, where they fit."""
    told: list[int | None] = [None] * len(events.records)
    for at in events.odd:
        time = events.records[at].time
        told[at] = time if time is not None and abs(time) <= LARGEST_NUMBER else None
    return told


def _texts(values: Sequence[str | None]) -> "pa.Array":
    """Return texts as an array; what is no Unicode is written with its code in place of it."""
    # Heavy: most processes never come here.
    import pyarrow as pa

    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        safe = [None if v is None else v.encode("utf-8", "backslashreplace").decode() for v in values]
        return pa.array(safe, pa.string())
