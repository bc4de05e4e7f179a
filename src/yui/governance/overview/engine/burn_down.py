"""What remains of a road of many cells, by plan and really, and when its pace would end it.

The pace is the mean of what was finished in each of the last months. How far the future may differ from it is
told by the interval in which the sum of coming months lies with a probability of 90 % when all months are
alike (Student's t; the variance of the sum of k coming months less k times the mean of n past ones is
s²(k + k²/n)).
Where the slow end never finishes within twenty years, no last month is named.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt
from statistics import fmean, stdev

PACE_MONTHS = 12
MINIMUM_MONTHS = 3
HORIZON_MONTHS = 240
DUST = 1e-9
"""Below this a remainder is nothing but the rounding of binary arithmetic."""
# Quantiles 0.95 of Student's t for 2 to 11 degrees of freedom (a 90 % two-sided interval).
_T95 = (2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796)


@dataclass(frozen=True)
class Cell:
    """One piece of the road: the day planned for its end, the day of its end, and the day it was undone."""

    planned_on: date | None = None
    done_on: date | None = None
    undone_on: date | None = None

    def is_done(self, day: date) -> bool:
        """Tell whether the piece was finished as of a day."""
        if self.done_on is None or day < self.done_on:
            return False
        return self.undone_on is None or day < self.undone_on


@dataclass(frozen=True)
class Pace:
    """Cells finished in a month: the mean, the spread, and how many months it was taken from."""

    mean: float
    spread: float
    months: int

    def after(self, remaining: int, months: int) -> tuple[float, float, float]:
        """Return what remains so many months on: the fewest, the expected, the most; never below zero.

        More than what remains now is never expected: finished work is not expected to come undone.
        """
        half = _T95[self.months - MINIMUM_MONTHS] * self.spread * sqrt(months + months**2 / self.months)
        expected = remaining - self.mean * months
        low, middle, high = (
            min(max(0.0, left), float(remaining)) for left in (expected - half, expected, expected + half)
        )
        return low, middle, high


@dataclass(frozen=True)
class End:
    """Months until nothing remains: expected, at the earliest, at the latest; None beyond twenty years."""

    expected: int | None
    earliest: int | None
    latest: int | None


def remaining_on(cells: Iterable[Cell], days: Sequence[date]) -> list[int]:
    """Return how many cells were not finished at the end of each day, in whatever order the cells come."""
    held = list(cells)
    done = sorted(cell.done_on for cell in held if cell.done_on is not None)
    # What was undone later leaves the finished ones again; it cannot have been undone before it was done.
    undone = sorted(
        cell.undone_on
        for cell in held
        if cell.done_on is not None and cell.undone_on is not None and cell.undone_on > cell.done_on
    )
    return [len(held) - bisect_right(done, day) + bisect_right(undone, day) for day in days]


def planned_on(cells: Iterable[Cell], days: Sequence[date]) -> list[int]:
    """Return how many cells the plan leaves at the end of each day; one without a plan stays for ever."""
    held = list(cells)
    goals = sorted(cell.planned_on for cell in held if cell.planned_on is not None)
    return [len(held) - bisect_right(goals, day) for day in days]


def pace_of(remaining: Sequence[int]) -> Pace | None:
    """Return the pace of the last twelve months from what remained at the end of each of them.

    ``remaining`` holds the ends of consecutive months, oldest first. Fewer than three finished months say
    nothing about a pace: then there is none.
    """
    last = list(remaining)[-(PACE_MONTHS + 1) :]
    finished = [before - after for before, after in pairwise(last)]
    if len(finished) < MINIMUM_MONTHS:
        return None
    return Pace(fmean(finished), stdev(finished), len(finished))


def end_of(remaining: int, pace: Pace) -> End:
    """Return in how many months nothing remains at this pace."""
    if remaining <= 0:
        return End(0, 0, 0)
    ends: list[int | None] = [None, None, None]
    for months in range(1, HORIZON_MONTHS + 1):
        low, expected, high = pace.after(remaining, months)
        for place, left in enumerate((expected, low, high)):
            if ends[place] is None and left <= DUST:
                ends[place] = months
        if None not in ends:
            break
    return End(*ends)
