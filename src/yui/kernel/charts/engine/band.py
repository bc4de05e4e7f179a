"""A line with the range in which it is expected: a fan into the future, or what was usual in the past."""

from collections.abc import Sequence
from dataclasses import dataclass

from yui.kernel.charts import words
from yui.kernel.charts.engine.chart import Chart, ChartTable
from yui.kernel.charts.engine.lettering import width_of
from yui.kernel.charts.engine.markup import Markup, drawing, inked, joined, label, painted, tooltip
from yui.kernel.charts.engine.numbers import exact, headed, shown
from yui.kernel.charts.engine.scales import Number, Scale, nice_axis
from yui.kernel.charts.engine.sparkline import polylines, runs_of
from yui.kernel.charts.engine.trend import value_grid

WIDTH, HEIGHT = 760.0, 320.0
TOP, BOTTOM, LEFT, RIGHT = 40.0, HEIGHT - 34.0, 64.0, WIDTH - 24.0
LABELS_SHOWN = 13
Pair = tuple[Number, Number]


@dataclass(frozen=True)
class BandPoint:
    """One place on the line: what was, what is expected, and the ranges around it; each may be unknown."""

    label: str
    value: Number | None = None
    expected: Number | None = None
    inner: Pair | None = None
    outer: Pair | None = None
    is_marked: bool = False


@dataclass(frozen=True, kw_only=True)
class BandChart(Chart):
    """A known line, a dotted expected one, and up to two ranges around the expected."""

    points: tuple[BandPoint, ...]
    value_name: str = ""
    expected_name: str = ""
    inner_name: str = ""
    outer_name: str = ""
    point_label: str = ""

    def draw(self) -> str:
        """Return the chart as SVG."""
        return band_chart(self)

    def as_table(self) -> ChartTable:
        """Return one row per point; the columns of what no point has are left out."""
        value, expected = self.value_name or words.VALUE, self.expected_name or words.PROJECTION
        headers = [
            self.point_label or str(words.MONTH),
            headed(value, self.unit),
            headed(expected, self.unit),
        ]
        pairs = [name for name in ("inner", "outer") if any(getattr(each, name) for each in self.points)]
        for name in pairs:
            title = getattr(self, f"{name}_name") or words.RANGE
            headers += [headed(f"{title} {end}", self.unit) for end in (words.LOW, words.HIGH)]
        rows = []
        for point in self.points:
            row = [point.label, _cell(point.value), _cell(point.expected)]
            for name in pairs:
                row += [_cell(bound) for bound in getattr(point, name) or (None, None)]
            rows.append(tuple(row))
        return ChartTable(tuple(headers), tuple(rows), frozenset(range(1, len(headers))))


def _cell(value: Number | None) -> str:
    return "" if value is None else exact(value)


def band_chart(chart: BandChart) -> str:
    """Return the chart as SVG; without any value it says that there is no data."""
    bounds = [bound for point in chart.points for bound in _bounds(point)]
    if not bounds:
        message = label(words.NO_DATA, WIDTH / 2, HEIGHT / 2, "strong", "middle")
        return drawing("band", chart.title, chart.description, (WIDTH, HEIGHT), message)
    axis = nice_axis(bounds, from_zero=True)
    height = Scale(axis.low, axis.high, BOTTOM, TOP)
    across = Scale(-0.5, max(len(chart.points) - 0.5, 0.5), LEFT, RIGHT)
    body = joined(
        value_grid(axis, chart.unit, height, LEFT, RIGHT),
        _labels(chart.points, across),
        *(_range(chart.points, name, across, height) for name in ("outer", "inner")),
        inked("series-1", polylines(_line(chart.points, "expected", across, height), "line-projected")),
        inked("series-1", polylines(_line(chart.points, "value", across, height))),
        *(_rest(chart, index, across, height) for index in range(len(chart.points))),
        _legend(chart),
    )
    return drawing("band", chart.title, chart.description, (WIDTH, HEIGHT), body)


def _bounds(point: BandPoint) -> list[Number]:
    found = [point.value, point.expected, *(point.inner or ()), *(point.outer or ())]
    return [bound for bound in found if bound is not None]


def _labels(points: Sequence[BandPoint], across: Scale) -> Markup:
    """Write the names of the points, every second or third where there are many."""
    step = -(-len(points) // LABELS_SHOWN)
    return joined(
        *(
            label(point.label, across(index), BOTTOM + 18, "quiet", "middle")
            for index, point in enumerate(points)
            if index % step == 0
        )
    )


def _range(points: Sequence[BandPoint], name: str, across: Scale, height: Scale) -> Markup:
    """Draw one range as a soft area for each run of points that have it."""
    areas, run = [], []
    for index, point in enumerate([*points, BandPoint("")]):
        pair: Pair | None = getattr(point, name)
        if pair is not None:
            run.append((across(index), height(pair[0]), height(pair[1])))
        elif run:
            # A single point has no area of its own: it gets the width of its place.
            half = (across(1) - across(0)) / 2 if len(run) == 1 else 0.0
            sides = [(run[0][0] - half, *run[0][1:]), *run, (run[-1][0] + half, *run[-1][1:])]
            outline = [(x, low) for x, low, _high in sides]
            outline += [(x, high) for x, _low, high in reversed(sides)]
            written = " ".join(f"{x:.1f},{y:.1f}" for x, y in outline)
            areas.append(inked("series-1", painted("polygon", "soft", points=written)))
            run = []
    return joined(*areas)


def _line(
    points: Sequence[BandPoint], name: str, across: Scale, height: Scale
) -> list[list[tuple[float, float]]]:
    """Return the runs of a line; the expected one begins at the last known value."""
    places: list[tuple[float, float] | None] = []
    for index, point in enumerate(points):
        value = getattr(point, name)
        following = points[index + 1] if index + 1 < len(points) else None
        if value is None and name == "expected" and following and following.expected is not None:
            value = point.value
        places.append(None if value is None else (across(index), height(value)))
    return runs_of(places)


def _rest(chart: BandChart, index: int, across: Scale, height: Scale) -> Markup:
    """Draw a point to rest on; marked ones are ringed, the first of a run has its value."""
    point = chart.points[index]
    known = point.expected if point.value is None else point.value
    if known is None:
        return joined()
    tip = tooltip(f"{point.label} {shown(known, chart.unit)}")
    x, y = across(index), height(known)
    if not point.is_marked:
        return inked("series-1", painted("circle", "fill", tip, cx=x, cy=y, r=2.5))
    ring = joined(
        inked("bad", painted("circle", "edge", tip, cx=x, cy=y, r=6)),
        inked("bad", painted("circle", "fill", cx=x, cy=y, r=3)),
    )
    if index and chart.points[index - 1].is_marked:
        return ring
    text = shown(known, chart.unit)
    half = width_of(text, 12) / 2
    return joined(
        ring, label(text, min(max(x, LEFT + half), RIGHT - half), max(y - 12, 12.0), "strong", "middle")
    )


def _legend(chart: BandChart) -> Markup:
    """Name the lines and ranges above the drawing, as far as they are there."""
    drawn = []
    x = LEFT + 60
    for name, kind in (
        ("value", "line"),
        ("expected", "line-projected"),
        ("inner", "soft"),
        ("outer", "soft"),
    ):
        text = getattr(chart, f"{name}_name")
        if not text or not any(getattr(point, name) is not None for point in chart.points):
            continue
        if kind == "soft":
            boxes = 2 if name == "inner" and any(point.outer for point in chart.points) else 1
            shape = joined(
                *(painted("rect", "soft", x=x, y=6.0, width=22.0, height=11.0) for _box in range(boxes))
            )
        else:
            shape = painted("polyline", kind, points=f"{x:.1f},11.5 {x + 22:.1f},11.5")
        drawn += [inked("series-1", shape), label(text, x + 28, 16, "quiet")]
        x += 28 + width_of(text, 11.5) + 18
    return joined(*drawn)
