"""Lines over a number that may be chosen freely: what a figure would be at each value of it."""

from dataclasses import dataclass

from yui.kernel.charts.engine.chart import Chart, ChartTable
from yui.kernel.charts.engine.lettering import spread, width_of
from yui.kernel.charts.engine.markup import (
    Markup,
    drawing,
    element,
    inked,
    joined,
    label,
    line,
    painted,
    tooltip,
)
from yui.kernel.charts.engine.numbers import TickFormat, exact, headed, shown
from yui.kernel.charts.engine.scales import Number, Scale, nice_axis
from yui.kernel.charts.engine.sparkline import polylines
from yui.kernel.charts.engine.trend import value_grid

WIDTH, HEIGHT = 760.0, 340.0
TOP, BOTTOM, LEFT = 48.0, HEIGHT - 48.0, 64.0
LABEL_GAP = 17.0


@dataclass(frozen=True)
class Curve:
    """One line: its name and its value at each place of the chart."""

    name: str
    values: tuple[Number, ...]


@dataclass(frozen=True)
class CurveMark:
    """A place that matters: a vertical line with its name above."""

    place: Number
    name: str


@dataclass(frozen=True, kw_only=True)
class CurveChart(Chart):
    """Lines through the same ``places`` (rising), with places that matter marked.

    Raises ``ValueError`` for fewer than two places, and where a curve has not one value for each.
    """

    places: tuple[Number, ...]
    place_label: str
    place_unit: str = ""
    curves: tuple[Curve, ...]
    marks: tuple[CurveMark, ...] = ()

    def __post_init__(self) -> None:
        if len(self.places) < 2:
            raise ValueError("a curve needs two places at least")
        for curve in self.curves:
            if len(curve.values) != len(self.places):
                raise ValueError(f"{curve.name} has {len(curve.values)} values for {len(self.places)} places")

    def draw(self) -> str:
        """Return the chart as SVG."""
        return curve_chart(self)

    def as_table(self) -> ChartTable:
        """Return one row per place."""
        headers = (
            headed(self.place_label, self.place_unit),
            *(headed(curve.name, self.unit) for curve in self.curves),
        )
        rows = tuple(
            (exact(place), *(exact(curve.values[index]) for curve in self.curves))
            for index, place in enumerate(self.places)
        )
        return ChartTable(headers, rows, frozenset(range(len(headers))))


def curve_chart(chart: CurveChart) -> str:
    """Return the chart as SVG, the names of the lines beside their right ends."""
    axis = nice_axis([value for curve in chart.curves for value in curve.values], from_zero=False)
    across_axis = nice_axis(chart.places, from_zero=False, count=8)
    room = max((width_of(_end_name(chart, curve), 12.5) for curve in chart.curves), default=0) + 18
    right = WIDTH - max(24.0, room)
    height = Scale(axis.low, axis.high, BOTTOM, TOP)
    across = Scale(float(min(chart.places)), float(max(chart.places)), LEFT, right)
    body = joined(
        value_grid(axis, chart.unit, height, LEFT, right),
        _places(chart, across_axis.ticks, across, right),
        *(_line(chart, index, across, height) for index in range(len(chart.curves))),
        _marks(chart, across, right),
        _end_names(chart, height, right),
    )
    return drawing("curve", chart.title, chart.description, (WIDTH, HEIGHT), body)


def _places(chart: CurveChart, ticks: tuple[float, ...], across: Scale, right: float) -> Markup:
    """Write the round places below, with what they are."""
    inside = [tick for tick in ticks if across.low <= tick <= across.high]
    written = TickFormat.of(inside or ticks, "")
    caption = headed(chart.place_label, chart.place_unit)
    return joined(
        line(LEFT, BOTTOM, right, BOTTOM, "axis"),
        *(line(across(tick), BOTTOM, across(tick), BOTTOM + 4, "axis") for tick in inside),
        *(label(written.write(tick), across(tick), BOTTOM + 18, "quiet", "middle") for tick in inside),
        label(caption, (LEFT + right) / 2, BOTTOM + 38, "quiet", "middle"),
    )


def _line(chart: CurveChart, index: int, across: Scale, height: Scale) -> Markup:
    """Draw one line with a point to rest on at each place."""
    curve = chart.curves[index]
    points = [(across(place), height(value)) for place, value in zip(chart.places, curve.values, strict=True)]
    rests = [
        painted(
            "circle",
            "fill",
            tooltip(f"{curve.name} {exact(place)}{chart.place_unit} {shown(value, chart.unit)}"),
            cx=x,
            cy=y,
            r=2.5,
        )
        for (x, y), place, value in zip(points, chart.places, curve.values, strict=True)
    ]
    return inked(_ink(index), polylines([points]), *rests)


def _marks(chart: CurveChart, across: Scale, right: float) -> Markup:
    """Draw the places that matter; names that would touch take the line above."""
    drawn, taken = [], -1e9
    inside = [mark for mark in chart.marks if across.low <= float(mark.place) <= across.high]
    for mark in sorted(inside, key=lambda mark: float(mark.place)):
        place, half = across(mark.place), width_of(mark.name) / 2
        middle = min(max(place, LEFT + half), right - half)
        is_crowded = middle - half < taken + 6
        taken = middle + half
        drawn += [
            line(place, TOP - (22 if is_crowded else 8), place, BOTTOM, "target"),
            label(mark.name, middle, TOP - (28 if is_crowded else 12), "label", "middle"),
        ]
    return element("g", *drawn, class_="direct-labels")


def _end_name(chart: CurveChart, curve: Curve) -> str:
    return f"{curve.name} {shown(curve.values[-1], chart.unit)}"


def _end_names(chart: CurveChart, height: Scale, right: float) -> Markup:
    """Write names and last values beside the lines' ends, moved apart where they would touch."""
    heights = spread([height(curve.values[-1]) for curve in chart.curves], LABEL_GAP, TOP, BOTTOM)
    written = [
        inked(_ink(index), label(_end_name(chart, curve), right + 10, place + 4, "series-name"))
        for index, (curve, place) in enumerate(zip(chart.curves, heights, strict=True))
    ]
    return element("g", *written, class_="direct-labels")


def _ink(index: int) -> str:
    """Return the ink of a line; after eight the inks begin again."""
    return f"series-{index % 8 + 1}"
