"""Two drawings of the room: how far each weight may move, and the wards' weights beside each other."""

from dataclasses import dataclass

from yui.governance.priorities.engine.robustness import Interval
from yui.kernel.charts import Chart, ChartTable
from yui.kernel.charts.engine.lettering import shortened
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
from yui.kernel.charts.engine.scales import Scale

WIDTH, NAMES, ROW = 760.0, 170.0, 34.0


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%"


@dataclass(frozen=True)
class IntervalRow:
    """One criterion: its weight, where the order holds (None: nowhere), and where it can hold at all."""

    name: str
    weight: float
    interval: Interval | None
    box: Interval | None


@dataclass(frozen=True, kw_only=True)
class IntervalBars(Chart):
    """Bars from 0 to 100 % in which an order holds, a thin one for the box, a mark at the weight itself."""

    rows: tuple[IntervalRow, ...]
    headers: tuple[str, str, str, str]

    def draw(self) -> str:
        """Return the chart as SVG."""
        bottom = 8 + ROW * len(self.rows)
        across = Scale(0, 1, NAMES, WIDTH - 60)
        grid = [
            joined(
                line(across(tick / 4), 4, across(tick / 4), bottom, "grid"),
                label(f"{tick * 25}%", across(tick / 4), bottom + 16, "quiet", "middle"),
            )
            for tick in range(5)
        ]
        bars = [self._bar(row, 8 + ROW * index, across) for index, row in enumerate(self.rows)]
        return drawing("bars", self.title, self.description, (WIDTH, bottom + 22), *grid, *bars)

    def as_table(self) -> ChartTable:
        """Return one row per criterion."""
        rows = tuple(
            (row.name, _percent(row.weight), _span(row.interval), _span(row.box)) for row in self.rows
        )
        return ChartTable(self.headers, rows, frozenset({1, 2, 3}))

    def _bar(self, row: IntervalRow, top: float, across: Scale) -> Markup:
        parts = [label(shortened(row.name, NAMES - 14), NAMES - 8, top + ROW / 2 + 3, "label", "end")]
        for interval, paint, edge, height in (
            (row.box, "soft", 4.0, 24.0),
            (row.interval, "fill", 10.0, 12.0),
        ):
            if interval is not None:
                start, end = across(interval.low), across(interval.high)
                note = tooltip(f"{row.name} {_span(interval)}")
                bar = painted("rect", paint, note, x=start, y=top + edge, width=end - start, height=height)
                parts.append(inked("plain", bar))
        place = across(row.weight)
        parts.append(inked("marked", painted("line", "edge", x1=place, y1=top, x2=place, y2=top + ROW - 2)))
        parts.append(label(_percent(row.weight), WIDTH - 52, top + ROW / 2 + 3))
        return element("g", *parts)


def _span(interval: Interval | None) -> str:
    return "—" if interval is None else f"{_percent(interval.low)}〜{_percent(interval.high)}"


@dataclass(frozen=True)
class ParallelLine:
    """Somebody's weights in the order of the criteria; a marked line stands out."""

    name: str
    weights: tuple[float, ...]
    is_marked: bool = False


@dataclass(frozen=True, kw_only=True)
class ParallelLines(Chart):
    """Weights beside each other: one upright axis a criterion, one line a ward."""

    criteria: tuple[str, ...]
    lines: tuple[ParallelLine, ...]
    name_label: str = ""

    def draw(self) -> str:
        """Return the chart as SVG."""
        most = max((weight for each in self.lines for weight in each.weights), default=1.0)
        top = max(0.1, -(-most * 10 // 1) / 10)
        height, across = Scale(0, top, 250, 20), Scale(0, max(1, len(self.criteria) - 1), 90, WIDTH - 90)
        axes = [
            joined(
                line(across(index), 20, across(index), 250, "axis"),
                label(shortened(name, 150), across(index), 272, "label", "middle"),
            )
            for index, name in enumerate(self.criteria)
        ]
        ticks = [
            joined(
                line(90, height(top * part / 2), WIDTH - 90, height(top * part / 2), "grid"),
                label(f"{top * part * 50:.0f}%", 80, height(top * part / 2) + 4, "quiet", "end"),
            )
            for part in range(3)
        ]
        drawn = [self._line(each, across, height) for each in sorted(self.lines, key=lambda e: e.is_marked)]
        return drawing("trend", self.title, self.description, (WIDTH, 284), *ticks, *axes, *drawn)

    def as_table(self) -> ChartTable:
        """Return one row per line."""
        rows = tuple((each.name, *map(_percent, each.weights)) for each in self.lines)
        return ChartTable(
            (self.name_label, *self.criteria), rows, frozenset(range(1, len(self.criteria) + 1))
        )

    def _line(self, each: ParallelLine, across: Scale, height: Scale) -> Markup:
        points = " ".join(f"{across(i):.1f},{height(weight):.1f}" for i, weight in enumerate(each.weights))
        paint = "line" if each.is_marked else "edge"
        path = painted("polyline", paint, tooltip(each.name), points=points, fill="none")
        ink = "marked" if each.is_marked else "series-4"
        if not each.is_marked:
            return inked(ink, path)
        end = label(each.name, across(len(each.weights) - 1) + 6, height(each.weights[-1]) + 4, "series-name")
        return inked(ink, path, end)
