"""Columns of stacked parts: how a whole is made up, one column after the other."""

from dataclasses import dataclass

from yui.kernel.charts import words
from yui.kernel.charts.engine.chart import Chart, ChartTable
from yui.kernel.charts.engine.lettering import shortened, spread, width_of
from yui.kernel.charts.engine.markup import Markup, drawing, element, inked, joined, label, painted, tooltip
from yui.kernel.charts.engine.numbers import exact, headed, shown
from yui.kernel.charts.engine.scales import Number, Scale, nice_axis
from yui.kernel.charts.engine.trend import value_grid

WIDTH, HEIGHT = 760.0, 340.0
TOP, BOTTOM, LEFT = 34.0, HEIGHT - 30.0, 64.0
LARGEST_NAME = 190.0


@dataclass(frozen=True)
class StackSeries:
    """One kind of part: its name and its value in each column; None is no data."""

    name: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True, kw_only=True)
class StackedColumns(Chart):
    """Columns, each made of the series' values: positive ones above zero, negative ones below.

    Raises ``ValueError`` where a series has not one value for each column.
    """

    columns: tuple[str, ...]
    series: tuple[StackSeries, ...]
    column_label: str = ""

    def __post_init__(self) -> None:
        for series in self.series:
            if len(series.values) != len(self.columns):
                raise ValueError(
                    f"{series.name} has {len(series.values)} values for {len(self.columns)} columns"
                )

    def draw(self) -> str:
        """Return the chart as SVG."""
        return stacked_columns(self)

    def as_table(self) -> ChartTable:
        """Return one row per column with its parts and their total."""
        headers = (
            self.column_label or str(words.ITEM),
            *(headed(series.name, self.unit) for series in self.series),
            headed(words.TOTAL, self.unit),
        )
        rows = []
        for index, column in enumerate(self.columns):
            parts = [series.values[index] for series in self.series]
            known = [part for part in parts if part is not None]
            rows.append((column, *map(exact, parts), exact(_total(known) if known else None)))
        return ChartTable(headers, tuple(rows), frozenset(range(1, len(headers))))


@dataclass(frozen=True)
class _Part:
    """One drawn rectangle, in values."""

    series: int
    low: float
    high: float
    value: Number


def stacked_columns(chart: StackedColumns) -> str:
    """Return the chart as SVG, the names of the parts beside the last column."""
    stacks = [_stack(chart, index) for index in range(len(chart.columns))]
    bounds = [bound for stack in stacks for part in stack for bound in (part.low, part.high)]
    values = [value for series in chart.series for value in series.values if value is not None]
    axis = nice_axis(bounds, whole=all(value == int(value) for value in values))
    height = Scale(axis.low, axis.high, BOTTOM, TOP)
    room = min(LARGEST_NAME, max((width_of(series.name, 12.5) for series in chart.series), default=0) + 34)
    right = WIDTH - room
    step = (right - LEFT) / max(1, len(chart.columns))
    columns = [
        _column(chart, index, stack, height, LEFT + step * index, step) for index, stack in enumerate(stacks)
    ]
    body = joined(
        value_grid(axis, chart.unit, height, LEFT, right),
        *columns,
        _names(chart, stacks[-1] if stacks else [], height, right),
    )
    return drawing("stacked", chart.title, chart.description, (WIDTH, HEIGHT), body)


def _stack(chart: StackedColumns, index: int) -> list[_Part]:
    """Pile up the parts of one column from zero outwards."""
    above = below = 0.0
    parts = []
    for position, series in enumerate(chart.series):
        value = series.values[index]
        if not value:
            continue
        size = float(value)
        if size > 0:
            parts.append(_Part(position, above, above + size, value))
            above += size
        else:
            parts.append(_Part(position, below + size, below, value))
            below += size
    return parts


def _column(
    chart: StackedColumns, index: int, stack: list[_Part], height: Scale, left: float, step: float
) -> Markup:
    """Draw one column, its total above and its name below."""
    name = chart.columns[index]
    thickness = min(step * 0.68, 64)
    start = left + (step - thickness) / 2
    shapes = [
        inked(
            _ink(part.series),
            painted(
                "rect",
                "fill",
                tooltip(f"{name} {chart.series[part.series].name} {shown(part.value, chart.unit)}"),
                x=start,
                y=height(part.high),
                width=thickness,
                height=height(part.low) - height(part.high),
            ),
        )
        for part in stack
    ]
    total = shown(_total([part.value for part in stack]) if stack else None, chart.unit)
    crest = height(max((part.high for part in stack), default=0.0))
    middle = left + step / 2
    figure = [label(total, middle, crest - 6, "label", "middle")] if width_of(total) <= step + 4 else []
    every = max(1, -(-int(max(width_of(column, 11.5) for column in chart.columns) + 6) // max(1, int(step))))
    below = [label(shortened(name, step * every, 11.5), middle, BOTTOM + 18, "quiet", "middle")]
    return element("g", *shapes, *figure, *(below if index % every == 0 else []), class_="column")


def _names(chart: StackedColumns, last: list[_Part], height: Scale, right: float) -> Markup:
    """Write the series' names at the height of their parts in the last column, with a swatch each."""
    centres = {part.series: height((part.low + part.high) / 2) for part in last}
    places = spread([centres.get(index, TOP) for index in range(len(chart.series))], 18.0, TOP, BOTTOM - 4)
    return element(
        "g",
        *(
            inked(
                _ink(index),
                painted("rect", "fill", x=right + 10, y=place - 5, width=10, height=10),
                label(shortened(series.name, LARGEST_NAME - 30), right + 26, place + 4),
            )
            for index, (series, place) in enumerate(zip(chart.series, places, strict=True))
        ),
        class_="direct-labels",
    )


def _total(values: list[Number]) -> Number:
    """Add up values, exactly where they are all of an exact kind."""
    if any(isinstance(value, float) for value in values):
        return sum(float(value) for value in values)
    return sum(value for value in values if not isinstance(value, float))


def _ink(index: int) -> str:
    """Return the ink of a series; after eight the inks begin again."""
    return f"series-{index % 8 + 1}"
