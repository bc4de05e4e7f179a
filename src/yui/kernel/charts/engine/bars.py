"""Horizontal bars, longest first."""

from dataclasses import dataclass

from yui.kernel.charts import words
from yui.kernel.charts.engine.chart import Chart, ChartTable
from yui.kernel.charts.engine.lettering import shortened, width_of
from yui.kernel.charts.engine.markup import (
    Markup,
    drawing,
    element,
    inked,
    joined,
    label,
    line,
    linked,
    painted,
    safe_url,
    tooltip,
)
from yui.kernel.charts.engine.numbers import exact, headed, shown
from yui.kernel.charts.engine.scales import Number, Scale

WIDTH = 760.0
ROW, THICKNESS = 28.0, 18.0
LARGEST_NAME = 240.0


@dataclass(frozen=True)
class Bar:
    """One bar; None is no data. A marked bar stands out among the others."""

    name: str
    value: Number | None
    url: str = ""
    note: str = ""
    is_marked: bool = False


@dataclass(frozen=True, kw_only=True)
class BarChart(Chart):
    """Bars sorted by value, largest first, those without data last; ``is_sorted`` False keeps their order."""

    bars: tuple[Bar, ...]
    target: Number | None = None
    is_sorted: bool = True
    name_label: str = ""
    value_label: str = ""

    def draw(self) -> str:
        """Return the chart as SVG."""
        return bar_chart(self)

    @property
    def ordered(self) -> list[Bar]:
        """The bars in the order in which they are drawn and listed."""
        if not self.is_sorted:
            return list(self.bars)
        return sorted(self.bars, key=lambda bar: (bar.value is None, -float(bar.value or 0)))

    def as_table(self) -> ChartTable:
        """Return one row per bar, in the drawn order."""
        headers = (self.name_label or str(words.NAME), headed(self.value_label or words.VALUE, self.unit))
        rows = tuple((bar.name, exact(bar.value)) for bar in self.ordered)
        return ChartTable(headers, rows, frozenset({1}))


def bar_chart(chart: BarChart) -> str:
    """Return the chart as SVG: name, bar and value on one line each."""
    bars = chart.ordered
    known = [float(bar.value) for bar in bars if bar.value is not None]
    bounds = [0.0, *known, *([] if chart.target is None else [float(chart.target)])]
    names = min(LARGEST_NAME, max((width_of(bar.name, 12.5) for bar in bars), default=0) + 14)
    figures = max((width_of(shown(bar.value, chart.unit), 12) for bar in bars), default=0) + 14
    low, high = min(bounds), max(bounds)
    left = names + (figures if low < 0 else 0)
    across = Scale(low, high if high > low else low + 1, left, WIDTH - figures)
    top = 26.0 if chart.target is not None else 6.0
    bottom = top + ROW * len(bars)
    body = joined(
        *(_shape(bar, top + ROW * index, across) for index, bar in enumerate(bars)),
        line(across(0), top, across(0), bottom, "axis"),
        _target(chart, across, top, bottom),
        *(_words(chart, bar, names, top + ROW * index, across) for index, bar in enumerate(bars)),
    )
    has_links = any(safe_url(bar.url) for bar in bars)
    return drawing("bars", chart.title, chart.description, (WIDTH, bottom + 6), body, has_links=has_links)


def _shape(bar: Bar, top: float, across: Scale) -> Markup:
    """Draw one bar, or a dashed stub where there is no data."""
    edge = top + (ROW - THICKNESS) / 2
    if bar.value is None:
        return painted("rect", "hatch", x=across(0) + 1, y=edge, width=28, height=THICKNESS)
    start, end = sorted((across(0), across(bar.value)))
    shape = painted("rect", "fill", x=start, y=edge, width=end - start, height=THICKNESS)
    return inked("marked" if bar.is_marked else "plain", shape)


def _words(chart: BarChart, bar: Bar, names: float, top: float, across: Scale) -> Markup:
    """Write a bar's name and value, over a clear ground that makes the whole row a link and a tooltip."""
    base = top + ROW / 2 + 4
    figure = shown(bar.value, chart.unit)
    ground = element("rect", x=0, y=top, width=WIDTH, height=ROW, fill="none", pointer_events="all")
    weight = "strong" if bar.is_marked else "label"
    name = label(shortened(bar.name, names - 12, 12), names - 8, base, weight, "end")
    if bar.value is None:
        value = label(figure, across(0) + 36, base, "quiet")
    elif bar.value < 0:
        value = label(figure, across(bar.value) - 6, base, "label", "end")
    else:
        value = label(figure, across(bar.value) + 6, base)
    tip = tooltip(" ".join(filter(None, (bar.name, figure, bar.note))))
    return linked(bar.url, tip, ground, name, value, class_="bar-words")


def _target(chart: BarChart, across: Scale, top: float, bottom: float) -> Markup:
    """Draw the target across all bars, with its name above."""
    if chart.target is None:
        return joined()
    place = across(chart.target)
    name = f"{words.TARGET} {shown(chart.target, chart.unit)}"
    half = width_of(name) / 2
    return joined(
        line(place, top - 4, place, bottom, "target"),
        label(name, min(max(place, half), WIDTH - half), top - 10, "label", "middle"),
    )
