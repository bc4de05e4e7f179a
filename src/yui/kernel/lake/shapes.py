"""Which columns the files of the lake hold, remembered, since a file never changes under its name.

Files of one shape are read as one list: DuckDB then opens them one by one as it gets there, several at a
time. Told to unite files of unknown shapes it would open every one of them first, before each query.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from yui.kernel.lake.quoting import literal

if TYPE_CHECKING:
    import duckdb

MOST_REMEMBERED = 200_000
Shape = tuple[tuple[str, str], ...]
_shapes: dict[str, Shape] = {}


def by_shape(database: "duckdb.DuckDBPyConnection", paths: Sequence[str]) -> list[list[str]]:
    """Return the files in groups whose columns have the same names and types, in their order.

    Raises:
        duckdb.IOException: when a file that was never read cannot be opened.
    """
    unknown = sorted({path for path in paths if path not in _shapes})
    if unknown:
        _remember(database, unknown)
    groups: dict[Shape, list[str]] = {}
    for path in paths:
        groups.setdefault(_shapes[path], []).append(path)
    return list(groups.values())


def _remember(database: "duckdb.DuckDBPyConnection", paths: Sequence[str]) -> None:
    """Look the columns of files up in their footers, all in one query."""
    if len(_shapes) + len(paths) > MOST_REMEMBERED:
        _shapes.clear()
    files = ", ".join(literal(path) for path in paths)
    found: dict[str, list[tuple[str, str]]] = {path: [] for path in paths}
    kind = "concat_ws('/', type, type_length, logical_type, converted_type, scale, precision)"
    rows = database.execute(f"SELECT file_name, name, {kind} FROM parquet_schema([{files}])")  # noqa: S608
    for path, name, of in rows.fetchall():
        found[path].append((name, of))
    _shapes.update({path: tuple(columns) for path, columns in found.items()})
