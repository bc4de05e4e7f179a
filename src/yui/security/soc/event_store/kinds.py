"""Records sorted by kind: those of one source with the same fields, in the same order, of the same types."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store.layouts import Shape, shape_of

CHANNEL, NUMBER = "Channel", "EventID"


class Kind(NamedTuple):
    """The records of one kind.

    Attributes:
        source: where they come from.
        shape: what their fields are.
        positions: where each stands in what arrived.
        columns: for each field, its values in the order of ``positions``.
    """

    source: LogSource
    shape: Shape
    positions: Sequence[int]
    columns: Sequence[Sequence[Any]]

    @property
    def channel(self) -> str:
        """The channel of the first record, empty where there is none."""
        names = self.shape.names
        return str(self.columns[names.index(CHANNEL)][0]) if CHANNEL in names else ""


def kinds_of(records: Sequence[LogRecord]) -> list[Kind]:
    """Return the records by kind, in the order of source and channel."""
    found: dict[Any, tuple[list[int], list[dict[str, Any]]]] = {}
    for position, record in enumerate(records):
        fields = record.fields
        key = (record.source, *fields)
        known = found.get(key)
        if known is None:
            known = found[key] = ([], [])
        known[0].append(position)
        known[1].append(fields)
    kinds = [
        kind
        for (source, *names), (positions, rows) in found.items()
        for kind in _of_one_type(source, tuple(names), positions, rows)
    ]
    return sorted(kinds, key=lambda kind: (kind.source, kind.channel, kind.shape.names))


def _of_one_type(
    source: LogSource, names: tuple[str, ...], positions: list[int], rows: list[dict[str, Any]]
) -> list[Kind]:
    """Return the rows as one kind, or as several where the values of a field have several types."""
    columns = list(zip(*map(dict.values, rows), strict=True))
    types = [set(map(type, values)) for values in columns]
    if all(len(one) == 1 for one in types):
        return [Kind(source, shape_of(names, [one.pop() for one in types]), positions, columns)]
    by_types: dict[tuple[type, ...], tuple[list[int], list[dict[str, Any]]]] = {}
    for position, row in zip(positions, rows, strict=True):
        same = by_types.setdefault(tuple(map(type, row.values())), ([], []))
        same[0].append(position)
        same[1].append(row)
    return [kind for same in by_types.values() for kind in _of_one_type(source, names, *same)]
