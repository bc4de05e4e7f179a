"""Where to look in a monthly series: points outside natural limits, long runs, the largest shift.

Nothing here decides anything: with 36 points these rules cry wolf too often for a verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MOVING_RANGE_FACTOR = 2.66
"""3 ÷ d₂ for ranges of two points (Shewhart's individuals chart)."""
LONG_RUN = 8
FEWEST_POINTS = 12


@dataclass(frozen=True)
class Signals:
    """Places are indexes into the series.

    Attributes:
        centre, low, high: the mean and the natural limits of the known points.
        outside: the points beyond the limits.
        runs: first and last place of each run of eight or more points on one side of the mean.
        shift: the first place after the largest shift of the mean (maximum of the cumulative sum).
    """

    centre: float
    low: float
    high: float
    outside: tuple[int, ...]
    runs: tuple[tuple[int, int], ...]
    shift: int

    @property
    def outside_spans(self) -> list[tuple[int, int]]:
        """The points outside, those next to each other as first and last place."""
        spans: list[tuple[int, int]] = []
        for place in self.outside:
            if spans and spans[-1][1] == place - 1:
                spans[-1] = (spans[-1][0], place)
            else:
                spans.append((place, place))
        return spans


def look_here(values: Sequence[float | None]) -> Signals | None:
    """Return what stands out among the known values, ``None`` with fewer than twelve."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < FEWEST_POINTS:
        return None
    numbers = [value for _place, value in known]
    centre = sum(numbers) / len(numbers)
    ranges = [abs(later - earlier) for earlier, later in pairwise(numbers)]
    reach = MOVING_RANGE_FACTOR * sum(ranges) / len(ranges)
    return Signals(
        centre=centre,
        low=centre - reach,
        high=centre + reach,
        outside=tuple(place for place, value in known if abs(value - centre) > reach),
        runs=tuple((known[first][0], known[last][0]) for first, last in _runs(numbers, centre)),
        shift=known[_shift(numbers, centre)][0],
    )


def _runs(numbers: Sequence[float], centre: float) -> list[tuple[int, int]]:
    """Return first and last index of the long runs on one side; a point on the mean ends a run."""
    found, start, side = [], 0, 0
    for index, value in enumerate([*numbers, centre]):
        here = (value > centre) - (value < centre)
        if here != side:
            if side and index - start >= LONG_RUN:
                found.append((start, index - 1))
            start, side = index, here
    return found


def _shift(numbers: Sequence[float], centre: float) -> int:
    """Return the index after the one at which the cumulative sum of deviations is largest."""
    total, largest, place = 0.0, -1.0, 0
    for index, value in enumerate(numbers[:-1]):
        total += value - centre
        if abs(total) > largest:
            largest, place = abs(total), index + 1
    return place
