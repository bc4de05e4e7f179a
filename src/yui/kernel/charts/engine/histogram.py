"""How often values fall into each range."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from yui.kernel.charts import words
from yui.kernel.charts.engine.chart import Chart, ChartTable
from yui.kernel.charts.engine.markup import Markup, drawing, inked, joined, label, line, painted, tooltip
from yui.kernel.charts.engine.numbers import TickFormat, exact, headed, shown
from yui.kernel.charts.engine.scales import Number, Scale, nice_axis, nice_step
from yui.kernel.charts.engine.trend import value_grid

WIDTH, HEIGHT = 760.0, 300.0
TOP, BOTTOM, LEFT, RIGHT = 44.0, HEIGHT - 40.0, 64.0, WIDTH - 24.0
MOST_BINS = 60


@dataclass(frozen=True)
class Bin:
    """The values from ``low`` up to, not including, ``high`` (the last bin includes it)."""

    low: float
    high: float
    count: int


@dataclass(frozen=True, kw_only=True)
class Histogram(Chart):
    """How the values are spread; ``unit`` is that of the values, ``count_unit`` that of their number."""

    values: tuple[Number, ...]
    count_unit: str = ""

    def draw(self) -> str:
        """Return the chart as SVG."""
        return histogram(self)

    @property
    def counted_in(self) -> str:
        """The unit of the numbers of values."""
        return self.count_unit or str(words.CASES)

    @property
    def bins(self) -> list[Bin]:
        """The ranges with round borders and how many values each holds."""
        return bins_of([float(value) for value in self.values])

    def as_table(self) -> ChartTable:
        """Return one row per range."""
        headers = (headed(words.RANGE, self.unit), headed(words.COUNT, self.counted_in))
        rows = tuple((f"{exact(one.low)}–{exact(one.high)}", exact(one.count)) for one in self.bins)
        return ChartTable(headers, rows, frozenset({1}))


def bins_of(values: Sequence[float]) -> list[Bin]:
    """Sort values into ranges as wide as the Freedman–Diaconis rule says, rounded to a nice step."""
    if not values:
        return []
    low, high = min(values), max(values)
    if low == high:
        return [Bin(low, high, len(values))]
    quarter, _, three_quarters = quantiles(values, n=4, method="inclusive")
    wanted = 2 * (three_quarters - quarter) / len(values) ** (1 / 3)
    by_rule = (high - low) / wanted if wanted > 0 else math.log2(len(values)) + 1
    step = nice_step(high - low, int(min(MOST_BINS / 2, max(4, by_rule))))
    first = math.floor(low / step)
    count = max(1, math.ceil(high / step) - first)
    counts = [0] * count
    for value in values:
        counts[min(count - 1, max(0, math.floor(value / step) - first))] += 1
    edges = [float(f"{(first + index) * step:.12g}") for index in range(count + 1)]
    return [Bin(edges[index], edges[index + 1], number) for index, number in enumerate(counts)]


def histogram(chart: Histogram) -> str:
    """Return the chart as SVG with the median marked; without values it says that there is no data."""
    bins = chart.bins
    if not bins:
        message = label(words.NO_DATA, WIDTH / 2, HEIGHT / 2, "strong", "middle")
        return drawing("histogram", chart.title, chart.description, (WIDTH, HEIGHT), message)
    room = (bins[-1].high - bins[0].low) or max(1.0, abs(bins[0].low))
    across = Scale(bins[0].low, bins[0].low + room, LEFT, RIGHT)
    counts = nice_axis([one.count for one in bins], count=4)
    height = Scale(counts.low, counts.high, BOTTOM, TOP)
    bars = [
        painted(
            "rect",
            "fill",
            tooltip(
                f"{shown(one.low, chart.unit)}–{shown(one.high, chart.unit)} {one.count:,}{chart.counted_in}"
            ),
            x=across(one.low) + 0.75,
            y=height(one.count),
            width=max(1.0, (across(one.high) if one.high > one.low else RIGHT) - across(one.low) - 1.5),
            height=BOTTOM - height(one.count),
        )
        for one in bins
        if one.count
    ]
    body = joined(
        value_grid(counts, chart.counted_in, height, LEFT, RIGHT),
        inked("plain", *bars),
        joined(*_borders(chart, bins, across)),
        *_median(chart, across),
    )
    return drawing("histogram", chart.title, chart.description, (WIDTH, HEIGHT), body)


def _borders(chart: Histogram, bins: list[Bin], across: Scale) -> list[Markup]:
    """Write the borders of the ranges, as many as have room, with their unit at the end."""
    edges = [one.low for one in bins] + [bins[-1].high]
    ticks = TickFormat.of(edges, chart.unit)
    every = max(1, math.ceil(len(edges) / 12))
    written = [
        label(ticks.write(edge), across(edge), BOTTOM + 17, "quiet", "middle") for edge in edges[::every]
    ]
    caption = f"({ticks.caption})" if ticks.caption else ""
    return [*written, label(caption, RIGHT, BOTTOM + 34, "quiet", "end")]


def _median(chart: Histogram, across: Scale) -> list[Markup]:
    """Mark the median."""
    middle = median(float(value) for value in chart.values)
    place = across(middle)
    side = "end" if place > WIDTH / 2 else None
    text = f"{words.MEDIAN} {shown(middle, chart.unit)}"
    return [
        line(place, TOP - 16, place, BOTTOM, "target"),
        label(text, place + (-6 if side else 6), TOP - 8, "label", side),
    ]
