"""What a reader should know about a bill although nothing was refused."""

from collections.abc import Mapping

from yui.transition.costs.formats.focus import FocusLayout
from yui.transition.costs.formats.problems import empty_cells_note, missing_columns_note, own_columns_note


def notes_about(layout: FocusLayout, empty: Mapping[str, int]) -> tuple[str, ...]:
    """Return sentences about missing columns, empty cells and columns of the provider's own.

    Args:
        empty: how many cells of each column are empty.
    """
    notes = [missing_columns_note(layout.version, layout.missing)] if layout.missing else []
    notes += [
        empty_cells_note(column.name, empty[column.name])
        for column in layout.columns
        if column
        and not column.allows_null
        and column.name not in layout.never_empty
        and empty.get(column.name)
    ]
    own = [
        name
        for name, column in zip(layout.names, layout.columns, strict=True)
        if column is None and not name.lower().startswith("x_")
    ]
    if own:
        notes.append(own_columns_note(own[:20]))
    return tuple(notes)
