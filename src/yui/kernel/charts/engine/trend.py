"""A line through the months: values, target, and what may come."""

from dataclasses import dataclass

from yui.kernel.calendar_jp import Month
from yui.kernel.charts import words
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
from yui.kernel.charts.engine.month_axis import month_axis
from yui.kernel.charts.engine.numbers import TickFormat, exact, headed, shown
from yui.kernel.charts.engine.scales import Axis, Number, Scale, nice_axis
from yui.kernel.charts.engine.sparkline import polylines, runs_of

WIDTH, HEIGHT = 760.0, 320.0
TOP, BOTTOM = 30.0, HEIGHT - 44.0
LABEL_GAP = 17.0


@dataclass(frozen=True)
class TrendPoint:
    """The value of one month; None leaves a gap in the line."""

    month: Month
    value: Number | None


@dataclass(frozen=True)
class ProjectedPoint:
    """What one coming month may bring: the expected value and the interval around it."""

    month: Month
    value: Number
    low: Number
    high: Number


@dataclass(frozen=True)
class TrendMark:
    """A month that matters: a vertical line after its last day with its name above."""

    month: Month
    name: str


@dataclass(frozen=True)
class TrendSeries:
    """A named line."""

    name: str
    points: tuple[TrendPoint, ...]


@dataclass(frozen=True, kw_only=True)
class TrendChart(Chart):
    """Lines by month. ``projection`` continues the first line; ``from_zero`` keeps zero on the axis.

    ``marks`` are months that matter, such as a deadline.
    """

    series: tuple[TrendSeries, ...]
    target: Number | None = None
    target_label: str = ""
    projection: tuple[ProjectedPoint, ...] = ()
    from_zero: bool = False
    marks: tuple[TrendMark, ...] = ()

    def draw(self) -> str:
        """Return the chart as SVG."""
        return trend_chart(self)

    @property
    def months(self) -> list[Month]:
        """Every month from the first to the last point or projected point."""
        known = [point.month for series in self.series for point in series.points]
        known += [point.month for point in self.projection]
        return Month.between(min(known), max(known)) if known else []

    @property
    def target_name(self) -> str:
        """What the target line is called."""
        return self.target_label or f"{words.TARGET} {shown(self.target, self.unit)}"

    def as_table(self) -> ChartTable:
        """Return one row per month."""
        by_month = [{point.month: point.value for point in series.points} for series in self.series]
        coming = {point.month: point for point in self.projection}
        headers = [str(words.MONTH), *(headed(series.name, self.unit) for series in self.series)]
        if self.target is not None:
            headers.append(headed(words.TARGET, self.unit))
        if coming:
            headers += [headed(word, self.unit) for word in (words.PROJECTION, words.LOW, words.HIGH)]
        rows = []
        for month in self.months:
            row = [month.label, *(exact(values.get(month)) for values in by_month)]
            if self.target is not None:
                row.append(exact(self.target))
            if coming:
                point = coming.get(month)
                row += [exact(point.value), exact(point.low), exact(point.high)] if point else ["", "", ""]
            rows.append(tuple(row))
        return ChartTable(tuple(headers), tuple(rows), frozenset(range(1, len(headers))))


@dataclass(frozen=True)
class _Frame:
    """Where months and values stand on the drawing."""

    months: list[Month]
    axis: Axis
    right: float

    @property
    def across(self) -> Scale:
        first = self.months[0].index
        return Scale(first - 0.5, first + len(self.months) - 0.5, 64.0, self.right)

    @property
    def height(self) -> Scale:
        return Scale(self.axis.low, self.axis.high, BOTTOM, TOP)

    def place(self, month: Month) -> float:
        """Return the position of a month."""
        return self.across(month.index)


def trend_chart(chart: TrendChart) -> str:
    """Return the chart as SVG; without any value it says that there is no data."""
    values = [point.value for series in chart.series for point in series.points if point.value is not None]
    months = chart.months
    if not months or not (values or chart.projection):
        message = label(words.NO_DATA, WIDTH / 2, HEIGHT / 2, "strong", "middle")
        return drawing("trend", chart.title, chart.description, (WIDTH, HEIGHT), message)
    bounds = values + [bound for point in chart.projection for bound in (point.low, point.value, point.high)]
    bounds += [] if chart.target is None else [chart.target]
    names = [name for name, _, _ in _end_labels(chart)]
    room = max((width_of(name, 12.5) for name in names), default=0) + 18
    frame = _Frame(months, nice_axis(bounds, from_zero=chart.from_zero), WIDTH - max(24.0, room))
    body = joined(
        value_grid(frame.axis, chart.unit, frame.height, 64.0, frame.right),
        month_axis(months[0], months[-1], frame.place, top=TOP, bottom=BOTTOM),
        _target(chart, frame),
        _marks(chart, frame),
        _projection(chart, frame),
        *(_series(chart, index, frame) for index in range(len(chart.series))),
        _direct_labels(chart, frame),
        _latest(chart, frame),
    )
    return drawing("trend", chart.title, chart.description, (WIDTH, HEIGHT), body)


def value_grid(axis: Axis, unit: str, height: Scale, left: float, right: float) -> Markup:
    """Draw the horizontal lines of a value axis, their numbers, and the unit above them."""
    ticks = TickFormat.of(axis.ticks, unit)
    caption = f"({ticks.caption})" if ticks.caption else ""
    return joined(
        *(
            line(left, height(tick), right, height(tick), "axis" if tick == 0 else "grid")
            for tick in axis.ticks
        ),
        *(label(ticks.write(tick), left - 8, height(tick) + 4, "quiet", "end") for tick in axis.ticks),
        _caption(caption, left - 8, height(axis.high) - 14),
    )


def _caption(text: str, right: float, y: float) -> Markup:
    """Write the unit above the numbers: up to their right end, a longer one from the drawing's edge."""
    if width_of(text) <= right:
        return label(text, right, y, "quiet", "end")
    return label(text, 0, y, "quiet", "start")


def _series(chart: TrendChart, index: int, frame: _Frame) -> Markup:
    """Draw one line with a point to rest on at each month."""
    series = chart.series[index]
    values = {point.month: point.value for point in series.points}
    places = []
    rests = []
    for month in frame.months:
        value = values.get(month)
        place = None if value is None else (frame.place(month), frame.height(value))
        places.append(place)
        if place:
            tip = tooltip(f"{series.name} {month.label} {shown(value, chart.unit)}")
            rests.append(painted("circle", "fill", tip, cx=place[0], cy=place[1], r=2.5))
    return inked(_ink(index), polylines(runs_of(places)), *rests)


def _target(chart: TrendChart, frame: _Frame) -> Markup:
    """Draw the target across the whole width."""
    if chart.target is None:
        return joined()
    return line(64.0, frame.height(chart.target), frame.right, frame.height(chart.target), "target")


def _marks(chart: TrendChart, frame: _Frame) -> Markup:
    """Draw the months that matter, as far as they are on the drawing."""
    drawn = []
    for mark in chart.marks:
        if mark.month not in frame.months:
            continue
        place = frame.across(mark.month.index + 0.5)
        half = width_of(mark.name) / 2
        middle = min(max(place, 64.0 + half), frame.right - half)
        drawn += [
            line(place, TOP - 8, place, BOTTOM, "target"),
            label(mark.name, middle, TOP - 12, "label", "middle"),
        ]
    return element("g", *drawn, class_="direct-labels")


def _projection(chart: TrendChart, frame: _Frame) -> Markup:
    """Draw the band of the interval and the dotted expected line, joined to the last known value."""
    if not chart.projection:
        return joined()
    start = _last_known(chart.series[0]) if chart.series else None
    points = sorted(chart.projection, key=lambda point: point.month)
    if start and start.value is not None and start.month < points[0].month:
        points.insert(0, ProjectedPoint(start.month, start.value, start.value, start.value))
    upper = [(frame.place(point.month), frame.height(point.high)) for point in points]
    lower = [(frame.place(point.month), frame.height(point.low)) for point in reversed(points)]
    outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in upper + lower)
    course = [(frame.place(point.month), frame.height(point.value)) for point in points]
    return inked(_ink(0), painted("polygon", "soft", points=outline), polylines([course], "line-projected"))


def _end_labels(chart: TrendChart) -> list[tuple[str, Number, str | None]]:
    """List what is written at the right edge: text, value, and ink (None for the target)."""
    labels: list[tuple[str, Number, str | None]] = []
    for index, series in enumerate(chart.series):
        last = _last_known(series)
        if last and last.value is not None and not (index == 0 and chart.projection):
            name = f"{series.name} " if len(chart.series) > 1 else ""
            labels.append((f"{name}{shown(last.value, chart.unit)}", last.value, _ink(index)))
    if chart.projection:
        final = max(chart.projection, key=lambda point: point.month)
        labels.append((f"{words.PROJECTION} {shown(final.value, chart.unit)}", final.value, _ink(0)))
    if chart.target is not None:
        labels.append((chart.target_name, chart.target, None))
    return labels


def _direct_labels(chart: TrendChart, frame: _Frame) -> Markup:
    """Write names and last values beside the lines' ends, moved apart where they would touch."""
    labels = _end_labels(chart)
    heights = spread([frame.height(value) for _, value, _ in labels], LABEL_GAP, TOP, BOTTOM)
    written = []
    for (text, _value, ink), height in zip(labels, heights, strict=True):
        paint = "series-name" if ink else "label"
        text_line = label(text, frame.right + 10, height + 4, paint)
        written.append(inked(ink, text_line) if ink else text_line)
    return element("g", *written, class_="direct-labels")


def _latest(chart: TrendChart, frame: _Frame) -> Markup:
    """Write the latest value over its point where the line goes on as a projection."""
    last = _last_known(chart.series[0]) if chart.series and chart.projection else None
    if last is None or last.value is None:
        return joined()
    place, height = frame.place(last.month), frame.height(last.value)
    return inked(_ink(0), label(shown(last.value, chart.unit), place, height - 10, "series-name", "middle"))


def _last_known(series: TrendSeries) -> TrendPoint | None:
    """Return the latest point that has a value."""
    known = [point for point in series.points if point.value is not None]
    return max(known, key=lambda point: point.month) if known else None


def _ink(index: int) -> str:
    """Return the ink of the series at an index; after eight the inks begin again."""
    return f"series-{index % 8 + 1}"
