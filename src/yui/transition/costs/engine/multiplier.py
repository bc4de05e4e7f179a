"""How running costs changed with a migration: the rule, and what 23 wards show together.

Rule 移行前後-1: the mean monthly cost of the twelve months after the month of the migration, over that of the
twelve months before it. The month itself counts on neither side, one-off costs never. All 24 months need
bills, because a month that nobody has loaded is not a month without costs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from statistics import median

from yui.kernel.calendar_jp import Month

RULE = "移行前後-1"
MONTHS_EACH_SIDE = 12
DOUBLED = Decimal(2)
FEWEST_IN_A_CELL = 3
FEWEST_IN_A_SUMMARY = 5
STEPS = (Decimal("0.1"), Decimal("0.2"), Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal(2), Decimal(5))
MOST_BINS = 10


@dataclass(frozen=True)
class Distribution:
    """What the multipliers of several wards show. ``doubled`` is the number of wards at 2.00 or more."""

    count: int
    mean: Decimal
    median: Decimal
    doubled: int
    largest: Decimal


@dataclass(frozen=True)
class Range:
    """How many wards lie from ``low`` up to, not including, ``high``."""

    low: Decimal
    high: Decimal
    count: int


def around(migrated: Month) -> tuple[list[Month], list[Month]]:
    """Return the twelve months before a migration and the twelve months after it."""
    before = Month.between(migrated.shift(-MONTHS_EACH_SIDE), migrated.shift(-1))
    return before, Month.between(migrated.shift(1), migrated.shift(MONTHS_EACH_SIDE))


def distribution(multipliers: Sequence[Decimal]) -> Distribution | None:
    """Return the summary of the multipliers; ``None`` where there are none."""
    if not multipliers:
        return None
    return Distribution(
        count=len(multipliers),
        mean=sum(multipliers, Decimal(0)) / len(multipliers),
        median=Decimal(median(multipliers)),
        doubled=sum(each >= DOUBLED for each in multipliers),
        largest=max(multipliers),
    )


def ranges(multipliers: Sequence[Decimal]) -> tuple[Range, ...]:
    """Sort multipliers into at most ten ranges of equal width with round borders."""
    if not multipliers:
        return ()
    low, high = min(multipliers), max(multipliers)
    step = next((each for each in STEPS if (high - low) / each < MOST_BINS - 1), None)
    if step is None:
        step = (high - low) / (MOST_BINS - 1)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    places = [int((each / step).to_integral_value(ROUND_FLOOR) - first) for each in multipliers]
    return tuple(
        Range((first + place) * step, (first + place + 1) * step, places.count(place))
        for place in range(max(places) + 1)
    )


def disclosed(found: Sequence[Range]) -> tuple[Range, ...]:
    """Join neighbouring ranges until none holds fewer than three wards; nothing where there are not enough.

    A range with one or two wards would tell those who know one of them what the other pays.
    """
    joined: list[Range] = []
    for each in found:
        if joined and joined[-1].count < FEWEST_IN_A_CELL:
            last = joined.pop()
            each = Range(last.low, each.high, last.count + each.count)
        joined.append(each)
    while len(joined) > 1 and joined[-1].count < FEWEST_IN_A_CELL:
        last = joined.pop()
        joined[-1] = Range(joined[-1].low, last.high, joined[-1].count + last.count)
    return tuple(joined) if joined and joined[0].count >= FEWEST_IN_A_CELL else ()


def may_tell_count(part: int, whole: int) -> bool:
    """Tell whether "so many of so many" gives away no small group on either side."""
    return all(number == 0 or number >= FEWEST_IN_A_CELL for number in (part, whole - part))
