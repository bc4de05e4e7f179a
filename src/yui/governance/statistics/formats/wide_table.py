"""Wide tables: areas down and periods across, or periods down and areas across; one series a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yui.governance.statistics.formats.columns import (
    AREA_CODE,
    AREA_NAME,
    AREA_UNKNOWN,
    PERIOD,
    PERIOD_UNKNOWN,
    Areas,
    Gathering,
    hint_of,
    shown,
)
from yui.governance.statistics.formats.contents import MOST_VALUES, AreaReader, Cell
from yui.governance.statistics.formats.errors import HeadingsMissing, NoFigures, TooManyFigures
from yui.governance.statistics.formats.figures import FigureRejected, read_figure
from yui.governance.statistics.formats.periods import Period, read_period
from yui.kernel.exchange.errors import Text
from yui.kernel.exchange.formats.tabular import SheetRow, TabularFile

LONGEST_COUNT = 2
LOOKED_AT = 30
"""Rows looked at to find the column of the areas where no heading names it."""


@dataclass(frozen=True)
class _Layout:
    """Where things stand: the columns that name a row, and what the others hold."""

    naming: tuple[int, ...]
    across: Mapping[int, Period | str]
    hint: str
    has_areas_down: bool


def read_wide_table(
    table: TabularFile, columns: Mapping[int, str], area_of: AreaReader, frequency: str
) -> Gathering:
    """Read the table. An empty cell says nothing and is passed over.

    Args:
        table: the table.
        columns: meaning of its columns by position, as far as headings name it.
        area_of: tells the official code of an area.
        frequency: what bare years and first days stand for, empty for what the table says.

    Raises:
        NoFigures: where no layout is recognised.
        HeadingsMissing: where figures stand under no heading, as under headings of two rows.
        TooManyFigures: beyond ``MOST_VALUES``.
    """
    areas = Areas(area_of)
    layout = _periods_across(table, columns, areas, frequency) or _areas_across(
        table, columns, areas, frequency
    )
    if layout is None:
        raise NoFigures
    gathering = Gathering(unused=_unused(table, layout))
    unnamed = [
        place for place, heading in enumerate(table.header) if not heading and place not in layout.naming
    ]
    count = 0
    for row in table.rows():
        if any(row.cells[place] for place in unnamed if place < len(row.cells)):
            raise HeadingsMissing(row.number)
        for found in _cells(row, layout, areas, gathering):
            count += 1
            if count > MOST_VALUES:
                raise TooManyFigures(MOST_VALUES)
            gathering.add("", "", "", *found)
    return gathering


def _periods_across(
    table: TabularFile, columns: Mapping[int, str], areas: Areas, frequency: str
) -> _Layout | None:
    across = {
        place: period
        for place, heading in enumerate(table.header)
        if place not in columns and (period := read_period(heading, frequency)) is not None
    }
    if not across:
        return None
    by_key = {key: place for place, key in columns.items()}
    naming = tuple(by_key[key] for key in (AREA_CODE, AREA_NAME) if key in by_key)
    naming = naming or _column_of_areas(table, areas, set(across))
    return _Layout(naming, across, "", has_areas_down=True) if naming else None


def _unused(table: TabularFile, layout: _Layout) -> tuple[str, ...]:
    """Return the headings of the columns that are not read."""
    read = {*layout.naming, *layout.across}
    return tuple(name for place, name in enumerate(table.header) if name and place not in read)


def _column_of_areas(table: TabularFile, areas: Areas, taken: set[int]) -> tuple[int, ...]:
    """Return the first column of which most cells mean an area."""
    head = [row.cells for row, _number in zip(table.rows(), range(LOOKED_AT), strict=False)]
    for place in range(len(table.header)):
        cells = [text for cells in head if place < len(cells) and (text := cells[place])]
        # A number of one or two digits may be a prefecture, but in a column without a name it is a count.
        named = [cell for cell in cells if not (cell.isdecimal() and len(cell) <= LONGEST_COUNT)]
        found = sum(areas.find(cell) is not None for cell in named)
        if place not in taken and found * 2 > len(cells):
            return (place,)
    return ()


def _areas_across(
    table: TabularFile, columns: Mapping[int, str], areas: Areas, frequency: str
) -> _Layout | None:
    across = {
        place: area for place, heading in enumerate(table.header) if (area := areas.find(heading)) is not None
    }
    naming = next((place for place, key in columns.items() if key == PERIOD), None)
    if naming is None:
        naming = next((place for place in range(len(table.header)) if place not in across), None)
    if not across or naming is None:
        return None
    hint = hint_of(table.header[naming], frequency)
    return _Layout((naming,), across, hint, has_areas_down=False)


def _cells(row: SheetRow, layout: _Layout, areas: Areas, gathering: Gathering) -> Iterator[tuple[str, Cell]]:
    """Yield frequency and figure of each filled cell of a row."""
    texts = {place: row.cells[place] for place in layout.across if place < len(row.cells)}
    written = {place: text for place, text in texts.items() if text and not text.isspace()}
    if not written:
        return
    names = [row.cells[place] for place in layout.naming if place < len(row.cells)]
    where = str(row.number)
    area = areas.find(*names) if layout.has_areas_down else None
    period = None if layout.has_areas_down else read_period(names[0] or "" if names else "", layout.hint)
    if area is None and period is None:
        why: Text = AREA_UNKNOWN if layout.has_areas_down else PERIOD_UNKNOWN
        gathering.refuse(where, shown(names), why)
        return
    for place, text in written.items():
        try:
            figure = read_figure(text)
        except FigureRejected as error:
            gathering.refuse(where, text, error.why)
            continue
        across = layout.across[place]
        if figure is not None and area is not None and not isinstance(across, str):
            yield across[1], Cell(area, across[0], figure, where)
        elif figure is not None and period is not None and isinstance(across, str):
            yield period[1], Cell(across, period[0], figure, where)
