"""Bars along the calendar: contract periods, maintenance windows."""

import datetime
from dataclasses import dataclass

from yui.kernel.calendar_jp import Month
from yui.kernel.charts import words
from yui.kernel.charts.engine.chart import Chart, ChartTable
from yui.kernel.charts.engine.lettering import shortened, width_of
from yui.kernel.charts.engine.markup import (
    INKS,
    Markup,
    drawing,
    inked,
    joined,
    label,
    line,
    linked,
    painted,
    safe_url,
    tooltip,
)
from yui.kernel.charts.engine.month_axis import month_axis
from yui.kernel.charts.engine.scales import Scale

WIDTH, TOP = 860.0, 24.0
BAR, GAP, ROW_ROOM = 20.0, 4.0, 8.0
LARGEST_NAME = 200.0


@dataclass(frozen=True)
class TimelineBar:
    """A span of days, both ends included. ``ink`` is plain, marked, muted, good, caution or bad.

    Raises ``ValueError`` where the end comes before the start or the ink is not known.
    """

    start: datetime.date
    end: datetime.date
    name: str
    url: str = ""
    ink: str = "plain"

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.name} ends on {self.end}, before its start on {self.start}")
        if self.ink not in INKS:
            raise ValueError(f"no ink called {self.ink}")


@dataclass(frozen=True)
class TimelineRow:
    """A named line of bars; bars that overlap are drawn one below the other."""

    name: str
    bars: tuple[TimelineBar, ...]
    url: str = ""

    @property
    def tracks(self) -> list[list[TimelineBar]]:
        """The bars on as few tracks as keep them from overlapping, earliest first."""
        tracks: list[list[TimelineBar]] = []
        for bar in sorted(self.bars, key=lambda bar: (bar.start, bar.end, bar.name)):
            free = next((track for track in tracks if track[-1].end < bar.start), None)
            if free is None:
                tracks.append([bar])
            else:
                free.append(bar)
        return tracks


@dataclass(frozen=True, kw_only=True)
class Timeline(Chart):
    """Rows of bars. ``first`` and ``last`` limit what is drawn (else all); ``today`` is marked when given."""

    rows: tuple[TimelineRow, ...]
    first: Month | None = None
    last: Month | None = None
    today: datetime.date | None = None
    name_label: str = ""
    bar_label: str = ""

    def draw(self) -> str:
        """Return the chart as SVG."""
        return timeline(self)

    @property
    def span(self) -> tuple[Month, Month]:
        """The first and last month drawn: the limits, or those of the bars and of today."""
        days = [day for row in self.rows for bar in row.bars for day in (bar.start, bar.end)]
        days += [self.today] if self.today else []
        months = [Month.of(day) for day in days] or [Month(2000, 1)]
        first = self.first or min(months)
        return first, max(self.last or max(months), first)

    def as_table(self) -> ChartTable:
        """Return one row per bar."""
        headers = (
            self.name_label or str(words.NAME),
            self.bar_label or str(words.ITEM),
            str(words.START),
            str(words.END),
        )
        rows = tuple(
            (row.name, bar.name, bar.start.isoformat(), bar.end.isoformat())
            for row in self.rows
            for track in row.tracks
            for bar in track
        )
        return ChartTable(headers, rows)


def timeline(chart: Timeline) -> str:
    """Return the chart as SVG; bars that reach beyond its limits are cut there."""
    first, last = chart.span
    names = min(LARGEST_NAME, max((width_of(row.name, 12) for row in chart.rows), default=0) + 16)
    across = Scale(first.first_day.toordinal(), last.last_day.toordinal() + 1, names, WIDTH - 12)
    body: list[Markup] = []
    top = TOP
    for row in chart.rows:
        body.append(_row(row, names, top, across))
        top += _height(row)
        body.append(line(0, top, WIDTH - 12, top, "grid"))

    def place(month: Month) -> float:
        return across(month.first_day.toordinal() + 15)

    body.insert(0, month_axis(first, last, place, top=TOP - 6, bottom=top))
    if chart.today and first.first_day <= chart.today <= last.last_day:
        body.append(_today(across(chart.today.toordinal() + 0.5), top))
    has_links = any(safe_url(bar.url) for row in chart.rows for bar in row.bars) or any(
        safe_url(row.url) for row in chart.rows
    )
    return drawing("timeline", chart.title, chart.description, (WIDTH, top + 42), *body, has_links=has_links)


def _height(row: TimelineRow) -> float:
    """Return how much height a row takes."""
    return max(1, len(row.tracks)) * (BAR + GAP) - GAP + ROW_ROOM * 2


def _row(row: TimelineRow, names: float, top: float, across: Scale) -> Markup:
    """Draw one row: its name and its bars."""
    name = label(shortened(row.name, names - 12), 0, top + ROW_ROOM + BAR / 2 + 4)
    bars = [
        _bar(bar, top + ROW_ROOM + index * (BAR + GAP), across)
        for index, track in enumerate(row.tracks)
        for bar in track
    ]
    return joined(linked(row.url, tooltip(row.name), name), *bars)


def _bar(bar: TimelineBar, top: float, across: Scale) -> Markup:
    """Draw one bar with its name inside, or after it where it is too short."""
    if bar.end.toordinal() < across.low or bar.start.toordinal() >= across.high:
        return joined()
    start = across(max(bar.start.toordinal(), across.low))
    end = across(min(bar.end.toordinal() + 1, across.high))
    width = max(3.0, end - start)
    shape = painted("rect", "fill", x=start, y=top, width=width, height=BAR, rx=3)
    tip = tooltip(f"{bar.name} {bar.start.isoformat()}–{bar.end.isoformat()}")
    inside = shortened(bar.name, width - 10, 11.5)
    text = label(inside, start + 6, top + BAR / 2 + 4, "on-fill") if len(inside) > 2 else joined()
    return linked(bar.url, tip, inked(bar.ink, shape), text)


def _today(place: float, bottom: float) -> Markup:
    """Mark today."""
    return joined(
        line(place, TOP - 6, place, bottom, "target"),
        label(words.TODAY, min(max(place, 16), WIDTH - 28), TOP - 10, "label", "middle"),
    )
