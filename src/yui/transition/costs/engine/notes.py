"""What a reader should know about a bill although nothing was refused."""

from typing import TYPE_CHECKING

from yui.kernel.lake.reading import identifier
from yui.transition.costs.formats.focus import FocusLayout
from yui.transition.costs.formats.problems import empty_cells_note, missing_columns_note, own_columns_note

if TYPE_CHECKING:
    import duckdb


def notes_about(database: "duckdb.DuckDBPyConnection", layout: FocusLayout, relation: str) -> tuple[str, ...]:
    """Return sentences about missing columns, empty cells and columns of the provider's own."""
    notes = [missing_columns_note(layout.version, layout.missing)] if layout.missing else []
    notes += [empty_cells_note(name, count) for name, count in _empty_cells(database, layout, relation)]
    own = [
        name
        for name, column in zip(layout.names, layout.columns, strict=True)
        if column is None and not name.lower().startswith("x_")
    ]
    if own:
        notes.append(own_columns_note(own[:20]))
    return tuple(notes)


def _empty_cells(
    database: "duckdb.DuckDBPyConnection", layout: FocusLayout, relation: str
) -> list[tuple[str, int]]:
    """Count empty cells in columns that may not be empty and that no figure needs."""
    names = [
        column.name
        for column in layout.columns
        if column and not column.allows_null and column.name not in layout.never_empty
    ]
    if not names:
        return []
    counts = ", ".join(f"count(*) FILTER ({identifier(name)} IS NULL)" for name in names)
    row = database.execute(f"SELECT {counts} FROM {relation}").fetchone()  # noqa: S608
    return [(name, count) for name, count in zip(names, row or (), strict=True) if count]
