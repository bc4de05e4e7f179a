"""A word-sized line without axes."""

from collections.abc import Sequence
from itertools import pairwise

from yui.kernel.charts.engine.markup import Markup, drawing, element, inked, joined, line, painted
from yui.kernel.charts.engine.scales import Number, Scale

WIDTH, HEIGHT, ROOM = 96.0, 24.0, 3.5


def sparkline(points: Sequence[Number | None], target: Number | None = None, title: str = "") -> str:
    """Return a small line; missing points leave gaps, the last known point has a dot, the target is dashed.

    With a title it is an image that screen readers name; without, it is decoration beside a written value.
    """
    known = [float(point) for point in points if point is not None]
    body = _line(points, known, target) if known else joined()
    if title:
        return drawing("sparkline", title, title, (WIDTH, HEIGHT), body)
    return element(
        "svg",
        body,
        class_="chart-svg chart-sparkline",
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        width=WIDTH,
        height=HEIGHT,
        aria_hidden="true",
        focusable="false",
    )


def _line(points: Sequence[Number | None], known: Sequence[float], target: Number | None) -> Markup:
    """Draw the runs, the dot at the last known point, and the target."""
    bounds = [*known, *([] if target is None else [float(target)])]
    low, high = min(bounds), max(bounds)
    if low == high:
        low, high = low - 1, high + 1
    height = Scale(low, high, HEIGHT - ROOM, ROOM)
    across = Scale(0, max(1, len(points) - 1), ROOM, WIDTH - ROOM)
    places = [None if point is None else (across(index), height(point)) for index, point in enumerate(points)]
    runs = runs_of(places)
    last = runs[-1][-1]
    marks = [painted("circle", "fill", cx=last[0], cy=last[1], r=2.5)]
    goal = [] if target is None else [line(0, height(target), WIDTH, height(target), "target")]
    return joined(*goal, inked("series-1", polylines(runs), *marks))


def runs_of(places: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Cut a line where points are missing."""
    runs: list[list[tuple[float, float]]] = []
    for before, place in pairwise([None, *places]):
        if place is not None:
            if before is None:
                runs.append([])
            runs[-1].append(place)
    return runs


def polylines(runs: Sequence[Sequence[tuple[float, float]]], paint: str = "line") -> Markup:
    """Draw each run as a line, a run of a single point as a dot."""
    return joined(
        *(
            painted("polyline", paint, points=" ".join(f"{x:.1f},{y:.1f}" for x, y in run))
            if len(run) > 1
            else painted("circle", "fill", cx=run[0][0], cy=run[0][1], r=2)
            for run in runs
        )
    )
