"""Which columns the files of the lake hold, remembered, since a file never changes under its name.

Files of one shape are read as one list: DuckDB then opens them one by one as it gets there, several at a
time. Told to unite files of unknown shapes it would open every one of them first, before each query.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yui.kernel.lake.quoting import literal

if TYPE_CHECKING:
    import duckdb

MOST_REMEMBERED = 200_000
Shape = tuple[tuple[str, str], ...]
_shapes: dict[str, Shape] = {}
# Files of hundreds of columns are alike more often than not: equal shapes and columns are kept once.
_same: dict[Shape, Shape] = {}
_columns: dict[tuple[str, str], tuple[str, str]] = {}


@dataclass(frozen=True)
class Group:
    """Files that hold the same ones of the columns asked for."""

    paths: tuple[str, ...]
    columns: frozenset[str]


def by_shape(database: "duckdb.DuckDBPyConnection", paths: Sequence[str]) -> list[list[str]]:
    """Return the files in groups whose columns have the same names and types, in their order.

    Raises:
        duckdb.IOException: when a file that was never read cannot be opened.
    """
    _look_up(database, paths)
    groups: dict[Shape, list[str]] = {}
    for path in paths:
        groups.setdefault(_shapes[path], []).append(path)
    return list(groups.values())


def by_presence(
    database: "duckdb.DuckDBPyConnection", paths: Sequence[str], columns: Sequence[str]
) -> list[Group]:
    """Return the files in groups by which of ``columns`` they hold (whatever their case) and as what type.

    Raises:
        duckdb.IOException: when a file that was never read cannot be opened.
    """
    _look_up(database, paths)
    wanted = {name.lower(): name for name in columns}
    found: dict[int, Shape] = {}
    groups: dict[Shape, list[str]] = {}
    for path in paths:
        shape = _shapes[path]
        narrow = found.get(id(shape))
        if narrow is None:
            held = {wanted[name.lower()]: kind for name, kind in shape if name.lower() in wanted}
            narrow = found[id(shape)] = tuple(sorted(held.items()))
        groups.setdefault(narrow, []).append(path)
    return [
        Group(tuple(members), frozenset(name for name, _ in narrow)) for narrow, members in groups.items()
    ]


def _look_up(database: "duckdb.DuckDBPyConnection", paths: Sequence[str]) -> None:
    """Make the shapes of all ``paths`` known."""
    unknown = sorted({path for path in paths if path not in _shapes})
    if unknown:
        _remember(database, unknown)


def _remember(database: "duckdb.DuckDBPyConnection", paths: Sequence[str]) -> None:
    """Look the columns of files up in their footers, all in one query."""
    if len(_shapes) + len(paths) > MOST_REMEMBERED:
        _shapes.clear()
        _same.clear()
        _columns.clear()
    files = ", ".join(literal(path) for path in paths)
    found: dict[str, list[tuple[str, str]]] = {path: [] for path in paths}
    kind = "concat_ws('/', type, type_length, logical_type, converted_type, scale, precision)"
    rows = database.execute(f"SELECT file_name, name, {kind} FROM parquet_schema([{files}])")  # noqa: S608
    for path, name, of in rows.fetchall():
        column = (name, of)
        found[path].append(_columns.setdefault(column, column))
    for path, columns in found.items():
        shape = tuple(columns)
        _shapes[path] = _same.setdefault(shape, shape)
