"""One among its peers: its own line, the middle of all, the range of the middle half, and a wider whole."""

from dataclasses import dataclass
from enum import Enum

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
    painted,
    tooltip,
)
from yui.kernel.charts.engine.month_axis import month_axis
from yui.kernel.charts.engine.numbers import exact, headed, shown
from yui.kernel.charts.engine.scales import Number, Scale, nice_axis
from yui.kernel.charts.engine.sparkline import polylines, runs_of
from yui.kernel.charts.engine.trend import value_grid

WIDTH, HEIGHT = 760.0, 320.0
TOP, BOTTOM, LEFT = 30.0, HEIGHT - 44.0, 64.0
LABEL_GAP = 17.0
LARGEST_ROOM = 250.0


class PeerRole(Enum):
    """What a line stands for: each has its ink and its dashes, so that it reads without colour too."""

    OWN = ("series-1", "line")
    MIDDLE = ("series-3", "line-dashed")
    WHOLE = ("series-2", "line-dotted")

    @property
    def ink(self) -> str:
        """The ink of the line."""
        return self.value[0]

    @property
    def paint(self) -> str:
        """The paint of the line: unbroken, dashed or dotted."""
        return self.value[1]


@dataclass(frozen=True)
class PeerLine:
    """A named line with a value for each period; None is no data."""

    name: str
    values: tuple[Number | None, ...]
    role: PeerRole


@dataclass(frozen=True, kw_only=True)
class PeersChart(Chart):
    """Lines over the same periods (months, or named ones), and the range of the middle half behind them.

    Raises ``ValueError`` where a line or the range has not one value for each period.
    """

    periods: tuple[Month, ...] | tuple[str, ...]
    lines: tuple[PeerLine, ...]
    lower: tuple[Number | None, ...] = ()
    upper: tuple[Number | None, ...] = ()
    range_name: str = ""
    period_label: str = ""
    from_zero: bool = True

    def __post_init__(self) -> None:
        for name, values in ((line.name, line.values) for line in self.lines):
            if len(values) != len(self.periods):
                raise ValueError(f"{name} has {len(values)} values for {len(self.periods)} periods")
        for values in (self.lower, self.upper):
            if values and len(values) != len(self.periods):
                raise ValueError(f"the range has {len(values)} ends for {len(self.periods)} periods")

    def draw(self) -> str:
        """Return the chart as SVG."""
        return peers_chart(self)

    @property
    def labels(self) -> list[str]:
        """What the periods are called."""
        return [each.label if isinstance(each, Month) else each for each in self.periods]

    @property
    def ranges(self) -> list[tuple[Number, Number] | None]:
        """The range of each period, None where it is not known."""
        if not (self.lower and self.upper):
            return [None] * len(self.periods)
        return [
            None if low is None or high is None else (low, high)
            for low, high in zip(self.lower, self.upper, strict=True)
        ]

    def as_table(self) -> ChartTable:
        """Return one row per period: the lines, then the ends of the range where there is one."""
        headers = [self.period_label or str(words.MONTH)]
        headers += [headed(line.name, self.unit) for line in self.lines]
        ranges = self.ranges
        has_range = any(ranges)
        if has_range:
            name = self.range_name or words.RANGE
            headers += [headed(f"{name} {end}", self.unit) for end in (words.LOW, words.HIGH)]
        rows = []
        for index, name in enumerate(self.labels):
            row = [name, *(exact(line.values[index]) for line in self.lines)]
            if has_range:
                row += [exact(end) for end in ranges[index] or (None, None)]
            rows.append(tuple(row))
        return ChartTable(tuple(headers), tuple(rows), frozenset(range(1, len(headers))))


def peers_chart(chart: PeersChart) -> str:
    """Return the chart as SVG, the names of the lines beside their right ends."""
    bounds = [value for line in chart.lines for value in line.values if value is not None]
    bounds += [end for pair in chart.ranges for end in pair or ()]
    if not bounds:
        message = label(words.NO_DATA, WIDTH / 2, HEIGHT / 2, "strong", "middle")
        return drawing("peers", chart.title, chart.description, (WIDTH, HEIGHT), message)
    axis = nice_axis(bounds, from_zero=chart.from_zero)
    room = max((width_of(text, 12.5) for text, _value, _ink in _ends(chart)), default=0) + 18
    right = WIDTH - min(LARGEST_ROOM, max(24.0, room))
    height = Scale(axis.low, axis.high, BOTTOM, TOP)
    across = Scale(-0.5, len(chart.periods) - 0.5, LEFT, right)
    body = joined(
        value_grid(axis, chart.unit, height, LEFT, right),
        _below(chart, across),
        _range(chart, across, height),
        *(_line(chart, line, across, height) for line in reversed(chart.lines)),
        _names(chart, height, right),
    )
    return drawing("peers", chart.title, chart.description, (WIDTH, HEIGHT), body)


def _below(chart: PeersChart, across: Scale) -> Markup:
    """Name the periods: months as months are, others as far as they fit."""
    months = [each for each in chart.periods if isinstance(each, Month)]
    if months and len(months) == len(chart.periods) == months[-1].index - months[0].index + 1:
        begin = months[0]

        def place(month: Month) -> float:
            return across(month.index - begin.index)

        return month_axis(begin, months[-1], place, top=TOP, bottom=BOTTOM)
    names = chart.labels
    room = across(1) - across(0)
    every = max(1, -(-int(max(width_of(name, 11.5) for name in names) + 8) // max(1, int(room))))
    last = len(names) - 1
    return joined(
        *(
            label(name, across(index), BOTTOM + 18, "quiet", "middle")
            for index, name in enumerate(names)
            if (last - index) % every == 0
        )
    )


def _range(chart: PeersChart, across: Scale, height: Scale) -> Markup:
    """Draw the range as a soft area for each run of periods that have it."""
    areas: list[Markup] = []
    run: list[tuple[float, float, float]] = []
    for index, pair in enumerate([*chart.ranges, None]):
        if pair is not None:
            run.append((across(index), height(pair[0]), height(pair[1])))
            continue
        if run:
            # A single period has no area of its own: it gets the width of its place.
            half = (across(1) - across(0)) / 2 if len(run) == 1 else 0.0
            sides = [(run[0][0] - half, *run[0][1:]), *run, (run[-1][0] + half, *run[-1][1:])]
            outline = [(x, low) for x, low, _high in sides]
            outline += [(x, high) for x, _low, high in reversed(sides)]
            written = " ".join(f"{x:.1f},{y:.1f}" for x, y in outline)
            areas.append(painted("polygon", "soft", points=written))
        run = []
    return inked(PeerRole.MIDDLE.ink, *areas)


def _line(chart: PeersChart, line: PeerLine, across: Scale, height: Scale) -> Markup:
    """Draw one line with a point to rest on at each period."""
    places: list[tuple[float, float] | None] = []
    rests = []
    for index, (value, name) in enumerate(zip(line.values, chart.labels, strict=True)):
        place = None if value is None else (across(index), height(value))
        places.append(place)
        if place is not None:
            tip = tooltip(f"{line.name} {name} {shown(value, chart.unit)}")
            size = 2.5 if line.role is PeerRole.OWN else 1.75
            rests.append(painted("circle", "fill", tip, cx=place[0], cy=place[1], r=size))
    return inked(line.role.ink, polylines(runs_of(places), line.role.paint), *rests)


def _ends(chart: PeersChart) -> list[tuple[str, Number, str]]:
    """List what is written at the right edge: text, value and ink, the range by its name."""
    found: list[tuple[str, Number, str]] = []
    for line in chart.lines:
        last = next((value for value in reversed(line.values) if value is not None), None)
        if last is not None:
            found.append((f"{line.name} {shown(last, chart.unit)}", last, line.role.ink))
    pair = next((each for each in reversed(chart.ranges) if each is not None), None)
    if pair is not None and chart.range_name:
        found.append((chart.range_name, pair[1], PeerRole.MIDDLE.ink))
    return found


def _names(chart: PeersChart, height: Scale, right: float) -> Markup:
    """Write names and last values beside the lines' ends, moved apart where they would touch."""
    ends = _ends(chart)
    places = spread([height(value) for _text, value, _ink in ends], LABEL_GAP, TOP, BOTTOM)
    written = [
        inked(ink, label(text, right + 10, place + 4, "series-name"))
        for (text, _value, ink), place in zip(ends, places, strict=True)
    ]
    return element("g", *written, class_="direct-labels")
