"""Records to one Arrow table, by whole columns: what the store writes at 20,000 events a second."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from yui.security.soc.engine.records import LogSource
from yui.security.soc.event_store.arrays import safe_texts, text_array
from yui.security.soc.event_store.arriving import Arrived
from yui.security.soc.event_store.dataset import COLUMNS, NORMALISED
from yui.security.soc.event_store.kinds import CHANNEL, NUMBER, Kind
from yui.security.soc.event_store.layouts import NOTHING, REST, TEXT, Shape, all_in_rest, rest_text

if TYPE_CHECKING:
    import pyarrow as pa

MOST_COLUMNS = 500
MOST_SHAPES = 300
LARGEST_NUMBER = 2**63 - 1
Normalise = Callable[[LogSource, Mapping[str, Sequence[Any]], int], Sequence[Sequence[Any] | None]]
"""Gives the columns of ``NORMALISED`` for so many events of one source with the same fields."""


class Built(NamedTuple):
    """A table of events and which fields each log source carried."""

    table: "pa.Table"
    fields: dict[LogSource, set[str]]


def build(events: Arrived, normalise: Normalise) -> Built:
    """Return ``events`` as a table, those of one kind together.

    At most ``MOST_COLUMNS`` fields, the most frequent ones, have columns; other fields go into ``rest``, as
    do all fields of records of very rare shapes.

    Args:
        normalise: gives the OCSF columns (``engine.ocsf.ocsf_columns_of_kind``).
    """
    kinds = _with_common_shapes(events.records.kinds())
    columns = _Columns(_usual_columns(kinds), len(events.records))
    seen: dict[LogSource, set[str]] = {}
    for kind in kinds:
        columns.add(kind, normalise)
        seen.setdefault(kind.source, set()).update(kind.shape.names)
    return Built(_table(events, kinds, columns), seen)


def _with_common_shapes(kinds: list[Kind]) -> list[Kind]:
    """Take the columns of the rarest shapes away where there are too many."""
    if len(kinds) <= MOST_SHAPES:
        return kinds
    sizes = sorted((-len(kind.positions), at) for at, kind in enumerate(kinds))
    rare = {at for _, at in sizes[MOST_SHAPES:]}
    return [
        kind._replace(shape=all_in_rest(kind.shape)) if at in rare else kind for at, kind in enumerate(kinds)
    ]


def _usual_columns(kinds: Sequence[Kind]) -> frozenset[str]:
    """Return the columns that this table has: the most frequent ones."""
    counts: Counter[str] = Counter()
    for kind in kinds:
        for column in kind.shape.columns:
            if column:
                counts[column] += len(kind.positions)
    return frozenset(sorted(counts, key=lambda column: (-counts[column], column))[:MOST_COLUMNS])


class _Columns:
    """The columns of a table while kind after kind is put beneath the last."""

    def __init__(self, usual: frozenset[str], rows: int) -> None:
        # Heavy: most processes never come here.
        import pyarrow as pa

        self._usual = usual
        self._nulls = {kind: pa.nulls(rows, of) for kind, of in _types().items()}
        self._chunks: dict[str, list[pa.Array]] = {}
        self._filled: Counter[str] = Counter()
        self._rows = 0
        self.layouts: list[str] = []

    def add(self, kind: Kind, normalise: Normalise) -> None:
        """Put the records of one kind beneath the rows so far."""
        names = kind.shape.names
        arrays: dict[int, pa.Array] = {}
        letters = []
        for column, letter, values in zip(kind.shape.columns, kind.shape.kinds, kind.columns, strict=True):
            array = text_array(letter, values) if column in self._usual else None
            letters.append(REST if array is None else letter)
            if array is not None and letter != NOTHING:
                self._put(column, array)
                if letter == TEXT:
                    arrays[id(values)] = array
        self._put_route(kind)
        self._put_normalised(kind, normalise, arrays)
        told = "".join(letters)
        if REST in told:
            rows = zip(*kind.columns, strict=True)
            self._put("rest", safe_texts([rest_text(names, told, row) for row in rows]))
        self.layouts.append(Shape(names, kind.shape.columns, told).layout)
        self._rows += len(kind.positions)

    def whole(self) -> "dict[str, pa.Array]":
        """Return every column in full length: those that every event has, and those of fields by name."""
        # Heavy: most processes never come here.
        import pyarrow as pa

        found = {}
        for name in [*_BY_KIND, *sorted(self._chunks.keys() - _BY_KIND.keys())]:
            self._fill(name)
            found[name] = pa.concat_arrays(self._chunks[name])
        return found

    def _put_route(self, kind: Kind) -> None:
        """Put channel and event number, by which rules are routed, beneath the rows so far."""
        names = kind.shape.names
        for name, values in zip(names, kind.columns, strict=True):
            of = type(values[0])
            if name == CHANNEL and of is str:
                self._put("channel", _array("VARCHAR", [value or None for value in values]))
            elif name == NUMBER and of in (int, str) and not _is_doubled(NUMBER, names):
                self._put("event_number", _array("BIGINT", list(map(_number, values))))

    def _put_normalised(self, kind: Kind, normalise: Normalise, arrays: "Mapping[int, pa.Array]") -> None:
        """Put OCSF columns beneath the rows so far.

        Args:
            arrays: made already, by the identity of their values: what OCSF takes over as it is.
        """
        fields = dict(zip(kind.shape.names, kind.columns, strict=True))
        found = normalise(kind.source, fields, len(kind.positions))
        for (name, of), values in zip(NORMALISED.items(), found, strict=True):
            if values is not None:
                made = arrays.get(id(values))
                self._put(name, _array(of, values) if made is None else made)

    def _put(self, name: str, array: "pa.Array") -> None:
        """Put values of one kind into a column, after nulls for the kinds that had none."""
        self._fill(name)
        self._chunks[name].append(array)
        self._filled[name] += len(array)

    def _fill(self, name: str) -> None:
        chunks = self._chunks.setdefault(name, [])
        missing = self._rows - self._filled[name]
        if missing or not chunks:
            chunks.append(self._nulls[_BY_KIND.get(name, "VARCHAR")].slice(0, missing))
            self._filled[name] += missing


_BY_KIND = {"channel": "VARCHAR", "event_number": "BIGINT", **NORMALISED, "rest": "VARCHAR"}
"""Columns of every table whose values come kind by kind, with their SQL types."""


@cache
def _types() -> "dict[str, pa.DataType]":
    # Heavy: most processes never come here.
    import pyarrow as pa

    return {"VARCHAR": pa.string(), "BIGINT": pa.int64()}


def _array(kind: str, values: Sequence[Any]) -> "pa.Array":
    """Return values of a column of ``_BY_KIND`` as an array."""
    # Heavy: most processes never come here.
    import pyarrow as pa

    return safe_texts(values) if kind == "VARCHAR" else pa.array(values, _types()[kind])


def _is_doubled(name: str, names: Sequence[str]) -> bool:
    """Tell whether another field differs from ``name`` by case alone, so that neither decides the route."""
    return sum(one.casefold() == name.casefold() for one in names) > 1


def _number(value: Any) -> int | None:
    """Return an event number, which some logs write as text."""
    if type(value) is str:
        is_number = value.isascii() and value.isdecimal() and len(value) < len(str(LARGEST_NUMBER))
        return int(value) if is_number else None
    return value if abs(value) <= LARGEST_NUMBER else None


def _table(events: Arrived, kinds: Sequence[Kind], columns: _Columns) -> "pa.Table":
    """Return the rows, kind after kind, as an Arrow table, fields by the names of their columns."""
    # Heavy: most processes never come here.
    import pyarrow as pa

    text, number, stamp = pa.string(), pa.int64(), pa.timestamp("us")
    records, order = events.records, [position for kind in kinds for position in kind.positions]
    by_column, nulls = columns.whole(), partial(pa.nulls, len(order))
    arrays: dict[str, pa.Array] = {
        "event_id": pa.array([events.ids[at] for at in order], pa.binary()),
        "time": pa.array(events.times[order], number).cast(stamp),
        "received": pa.array(events.received[order], number).cast(stamp),
        "clock": pa.array([events.odd.get(at) for at in order], text) if events.odd else nulls(text),
        "told_time": pa.array(_told(events, order), number) if events.odd else nulls(number),
        "product": _repeated([kind.source.product for kind in kinds], kinds),
        "category": _repeated([kind.source.category for kind in kinds], kinds),
        "service": _repeated([kind.source.service for kind in kinds], kinds),
        "identifier": safe_texts([records.identifiers[at] or None for at in order]),
        "layout": _repeated(columns.layouts, kinds),
        "raw": safe_texts([records.raws[at] for at in order]),
    }
    arrays |= by_column
    names = [*COLUMNS, *(name for name in by_column if name not in COLUMNS)]
    return pa.table({name: arrays[name] for name in names})


def _repeated(values: Sequence[str], kinds: Sequence[Kind]) -> "pa.Array":
    """Return one value per kind, as often as the kind has rows."""
    # Heavy: most processes never come here.
    import pyarrow as pa

    counts = [len(kind.positions) for kind in kinds]
    places = np.repeat(np.arange(len(values), dtype=np.int32), counts)
    return pa.DictionaryArray.from_arrays(pa.array(places), pa.array(values, pa.string()))


def _told(events: Arrived, order: Sequence[int]) -> list[int | None]:
    """Return the times that unbelieved clocks told, where they fit."""
    times = events.records.times
    told = {at: time for at in events.odd if (time := times[at]) is not None and abs(time) <= LARGEST_NUMBER}
    return [told.get(at) for at in order]
