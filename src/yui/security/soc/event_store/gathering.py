"""Records gathered by kind, as columns, while they come in: less to hold, and ready to be stored."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store.kinds import Kind
from yui.security.soc.event_store.layouts import shape_of

ROWS_AT_ONCE = 64
"""So many mappings of one kind wait until they are turned into columns together."""

Key = tuple[LogSource, tuple[str, ...], tuple[type, ...]]


class _Rows:
    """The records of one kind: where each stands, the values by field, and mappings not yet taken apart."""

    __slots__ = ("columns", "positions", "waiting")

    def __init__(self) -> None:
        self.positions: list[int] = []
        self.columns: list[list[Any]] = []
        self.waiting: list[dict[str, Any]] = []

    def fold(self) -> None:
        """Turn the waiting mappings into columns."""
        if not self.waiting:
            return
        self.add(zip(*map(dict.values, self.waiting), strict=True))
        self.waiting.clear()

    def add(self, columns: Iterable[Sequence[Any]]) -> None:
        """Put columns beneath those that are here."""
        if self.columns:
            for column, more in zip(self.columns, columns, strict=True):
                column += more
        else:
            self.columns = list(map(list, columns))


class Gathered(Sequence[LogRecord]):
    """Records that are held by kind; one that is asked for is made again, equal to what was given.

    Attributes:
        times, raws, identifiers: of each record, in the order in which they came.
    """

    def __init__(self, records: Iterable[LogRecord] = ()) -> None:
        self.times: list[int | None] = []
        self.raws: list[str] = []
        self.identifiers: list[str] = []
        self._places: list[str] = []
        self._rows: dict[Key, _Rows] = {}
        for record in records:
            self.append(record)

    def append(self, record: LogRecord) -> None:
        """Add a record. Its fields must not be changed any more."""
        source, time, fields, raw, place, identifier = record
        key = (source, tuple(fields), tuple(map(type, fields.values())))
        rows = self._rows.get(key)
        if rows is None:
            rows = self._rows[key] = _Rows()
        rows.positions.append(len(self.times))
        rows.waiting.append(fields)
        if len(rows.waiting) >= ROWS_AT_ONCE:
            rows.fold()
        self.times.append(time)
        self.raws.append(raw)
        self._places.append(place)
        self.identifiers.append(identifier)

    def extend(
        self,
        key: Key,
        columns: Iterable[Sequence[Any]],
        times: Sequence[int | None],
        raws: Sequence[str],
        places: Sequence[str],
        identifiers: Sequence[str],
    ) -> None:
        """Add records of one kind, each given by a value in all sequences.

        Args:
            key: their source, the names of their fields and the types of the values.
            columns: the values of each field.
        """
        rows = self._rows.get(key)
        if rows is None:
            rows = self._rows[key] = _Rows()
        rows.fold()
        rows.add(columns)
        rows.positions += range(len(self.times), len(self.times) + len(times))
        self.times += times
        self.raws += raws
        self._places += places
        self.identifiers += identifiers

    def kinds(self) -> list[Kind]:
        """Return the records by kind, in the order of source and channel."""
        found = []
        for (source, names, types), rows in self._rows.items():
            rows.fold()
            found.append(Kind(source, shape_of(names, types), rows.positions, rows.columns))
        return sorted(found, key=lambda kind: (kind.source, kind.channel, kind.shape.names))

    def taken(self, positions: Sequence[int]) -> "Gathered":
        """Return the records at ``positions``, in that order."""
        places = {old: new for new, old in enumerate(positions)}
        found = Gathered()
        for key, rows in self._rows.items():
            rows.fold()
            kept = [at for at, position in enumerate(rows.positions) if position in places]
            if kept:
                some = found._rows[key] = _Rows()
                some.positions = [places[rows.positions[at]] for at in kept]
                some.columns = [[column[at] for at in kept] for column in rows.columns]
        found.times = [self.times[at] for at in positions]
        found.raws = [self.raws[at] for at in positions]
        found.identifiers = [self.identifiers[at] for at in positions]
        found._places = [self._places[at] for at in positions]
        return found

    def __len__(self) -> int:
        return len(self.times)

    @overload
    def __getitem__(self, at: int) -> LogRecord: ...

    @overload
    def __getitem__(self, at: slice) -> "Gathered": ...

    def __getitem__(self, at: int | slice) -> "LogRecord | Gathered":
        if isinstance(at, slice):
            return self.taken(range(*at.indices(len(self))))
        return next(iter(self.taken([range(len(self))[at]])))

    def _record(self, position: int, source: LogSource, fields: dict[str, Any]) -> LogRecord:
        return LogRecord(
            source,
            self.times[position],
            fields,
            self.raws[position],
            self._places[position],
            self.identifiers[position],
        )

    def __iter__(self) -> Iterator[LogRecord]:
        found: dict[int, LogRecord] = {}
        for (source, names, _types), rows in self._rows.items():
            rows.fold()
            for row, position in enumerate(rows.positions):
                fields = {name: column[row] for name, column in zip(names, rows.columns, strict=True)}
                found[position] = self._record(position, source, fields)
        return map(found.__getitem__, range(len(self)))


def gathered(records: Sequence[LogRecord]) -> Gathered:
    """Return records by kind; those that are so already, as they are."""
    return records if isinstance(records, Gathered) else Gathered(records)
