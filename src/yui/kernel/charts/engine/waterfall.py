"""From one total to another, step by step: what each reason added or took away."""

from collections.abc import Iterator
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
ROW, THICKNESS = 32.0, 20.0
LARGEST_NAME = 220.0
TOTAL, RISE, FALL = "muted", "series-3", "series-2"


@dataclass(frozen=True)
class Step:
    """One reason: how much it added (negative: took away), and where its records are."""

    name: str
    value: Number
    url: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class WaterfallChart(Chart):
    """A first total, the steps, and the last total, which is the first one with every step added.

    Raises ``ValueError`` where the steps do not lead from ``start`` to ``end`` exactly.
    """

    start_name: str
    start: Number
    steps: tuple[Step, ...]
    end_name: str
    end: Number
    start_url: str = ""
    end_url: str = ""
    step_label: str = ""

    def __post_init__(self) -> None:
        reached = self.start + sum(step.value for step in self.steps)  # type: ignore[operator]
        if reached != self.end:
            raise ValueError(f"the steps lead to {reached}, not to {self.end}")

    def draw(self) -> str:
        """Return the chart as SVG."""
        return waterfall_chart(self)

    def as_table(self) -> ChartTable:
        """Return the first total, one row per step, and the last total."""
        headers = (self.step_label or str(words.ITEM), headed(words.VALUE, self.unit))
        rows = (
            (self.start_name, exact(self.start)),
            *((step.name, with_sign(exact(step.value), step.value)) for step in self.steps),
            (self.end_name, exact(self.end)),
        )
        return ChartTable(headers, rows, frozenset({1}))


@dataclass(frozen=True)
class _Bar:
    """One drawn row: from where to where its bar goes, and what is written."""

    name: str
    low: Number
    high: Number
    figure: str
    ink: str
    url: str
    note: str
    level: Number
    """The total after the row."""

    @property
    def is_total(self) -> bool:
        """Whether the row is the first or the last total."""
        return self.ink == TOTAL


def with_sign(text: str, value: Number) -> str:
    """Put a plus before what rises; what falls has its sign already."""
    return f"+{text}" if value > 0 else text


def waterfall_chart(chart: WaterfallChart) -> str:
    """Return the chart as SVG: one row for each total and step, floating bars joined by thin lines."""
    bars = list(_bars(chart))
    names = min(LARGEST_NAME, max(width_of(bar.name, 12.5) for bar in bars) + 14)
    figures = max(width_of(bar.figure, 12) for bar in bars) + 16
    bounds = [0.0, *(float(value) for bar in bars for value in (bar.low, bar.high))]
    low, high = min(bounds), max(bounds)
    left = names + (figures if low < 0 else 0)
    across = Scale(low, high if high > low else low + 1, left, WIDTH - figures)
    top, bottom = 6.0, 6.0 + ROW * len(bars)
    body = joined(
        line(across(0), top, across(0), bottom, "axis"),
        *(_joint(bar, top + ROW * index, across) for index, bar in enumerate(bars[:-1])),
        *(_row(bar, names, top + ROW * index, across) for index, bar in enumerate(bars)),
    )
    has_links = any(safe_url(bar.url) for bar in bars)
    return drawing(
        "waterfall", chart.title, chart.description, (WIDTH, bottom + 6), body, has_links=has_links
    )


def _bars(chart: WaterfallChart) -> Iterator[_Bar]:
    """Yield the rows from the first total to the last."""
    level = chart.start
    yield _total(chart.start_name, chart.start, chart.start_url, chart.unit)
    for step in chart.steps:
        after = level + step.value  # type: ignore[operator]
        ink = RISE if step.value > 0 else FALL
        figure = with_sign(shown(step.value, chart.unit), step.value)
        yield _Bar(step.name, min(level, after), max(level, after), figure, ink, step.url, step.note, after)
        level = after
    yield _total(chart.end_name, chart.end, chart.end_url, chart.unit)


def _total(name: str, value: Number, url: str, unit: str) -> _Bar:
    return _Bar(name, min(value, 0), max(value, 0), shown(value, unit), TOTAL, url, "", value)


def _joint(bar: _Bar, top: float, across: Scale) -> Markup:
    """Draw the thin line that carries the total on to the next row."""
    edge = top + (ROW + THICKNESS) / 2
    return line(across(bar.level), edge, across(bar.level), edge + ROW - THICKNESS, "axis")


def _row(bar: _Bar, names: float, top: float, across: Scale) -> Markup:
    """Draw one row: the bar, its name and its figure, the whole row a link and a tooltip."""
    base, edge = top + ROW / 2 + 4, top + (ROW - THICKNESS) / 2
    start, end = across(bar.low), across(bar.high)
    shape = painted("rect", "fill", x=start, y=edge, width=max(end - start, 1.5), height=THICKNESS)
    ground = element("rect", x=0, y=top, width=WIDTH, height=ROW, fill="none", pointer_events="all")
    weight = "strong" if bar.is_total else "label"
    name = label(shortened(bar.name, names - 12, 12), names - 8, base, weight, "end")
    is_left = bar.is_total and bar.level < 0
    figure = label(bar.figure, start - 6 if is_left else end + 6, base, weight, "end" if is_left else None)
    tip = tooltip(" ".join(filter(None, (bar.name, bar.figure, bar.note))))
    return linked(bar.url, tip, ground, inked(bar.ink, shape), name, figure, class_="bar-words")
