"""Long tables: one figure a row, with columns for area, period and value, and for the series if several."""

from collections.abc import Mapping

from yui.governance.statistics.formats.columns import (
    AREA_CODE,
    AREA_NAME,
    AREA_UNKNOWN,
    PERIOD,
    PERIOD_UNKNOWN,
    SERIES_CODE,
    SERIES_TITLE,
    UNIT,
    VALUE,
    Areas,
    Gathering,
    hint_of,
    shown,
)
from yui.governance.statistics.formats.contents import MOST_VALUES, AreaReader, Cell, storable
from yui.governance.statistics.formats.errors import TooManyFigures
from yui.governance.statistics.formats.figures import FigureRejected, read_figure
from yui.governance.statistics.formats.periods import Period, read_period
from yui.kernel.exchange.formats.tabular import SheetRow, TabularFile


def is_long(columns: Mapping[int, str]) -> bool:
    """Tell whether the columns found are those of a long table."""
    found = set(columns.values())
    return {PERIOD, VALUE} <= found and bool(found & {AREA_CODE, AREA_NAME})


def read_long_table(
    table: TabularFile, columns: Mapping[int, str], area_of: AreaReader, frequency: str
) -> Gathering:
    """Read the rows. A row without a value says nothing and is passed over.

    Args:
        table: the table.
        columns: meaning of its columns by position.
        area_of: tells the official code of an area.
        frequency: what bare years and first days stand for, empty for what the heading says.

    Raises:
        TooManyFigures: beyond ``MOST_VALUES``.
    """
    places = {key: place for place, key in columns.items()}
    reading = _Reading(places, Areas(area_of), hint_of(table.header[places[PERIOD]], frequency))
    for number, row in enumerate(table.rows()):
        if number >= MOST_VALUES:
            raise TooManyFigures(MOST_VALUES)
        reading.take(row)
    return reading.gathering


class _Reading:
    """The rows of a long table on their way into series."""

    def __init__(self, places: Mapping[str, int], areas: Areas, hint: str) -> None:
        self.places = places
        self.areas = areas
        self.hint = hint
        self.gathering = Gathering()
        self._periods: dict[str, Period | None] = {}

    def take(self, row: SheetRow) -> None:
        """Read one row."""
        code, name, time, text = (self._cell(row, key) for key in (AREA_CODE, AREA_NAME, PERIOD, VALUE))
        if not text.strip():
            return
        where = str(row.number)
        area = self.areas.find(code, name)
        if area is None:
            self.gathering.refuse(where, shown((code, name)) or text, AREA_UNKNOWN)
            return
        if time not in self._periods:
            self._periods[time] = read_period(time, self.hint)
        period = self._periods[time]
        if period is None:
            self.gathering.refuse(where, time or text, PERIOD_UNKNOWN)
            return
        try:
            figure = read_figure(text)
        except FigureRejected as error:
            self.gathering.refuse(where, text, error.why)
            return
        if figure is not None:
            series, title, unit = (self._cell(row, key).strip() for key in (SERIES_CODE, SERIES_TITLE, UNIT))
            self.gathering.add(series, title, unit, period[1], Cell(area, period[0], figure, where))

    def _cell(self, row: SheetRow, key: str) -> str:
        place = self.places.get(key)
        return storable(row.cells[place] or "") if place is not None and place < len(row.cells) else ""
