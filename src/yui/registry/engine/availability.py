"""Availability of one system in one span of time, from its outages and maintenance windows.

Planned maintenance leaves the denominator: it is time in which nobody was promised the system.

    service  = span − planned maintenance
    downtime = outages ∩ service          (overlapping outages count once)
    availability = (service − downtime) ÷ service
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

Interval = tuple[datetime, datetime]
"""A half-open span of time ``[start, end)`` of aware moments."""

ZERO = timedelta(0)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Availability:
    """Exact service time and downtime of a span; both are sums of merged intervals."""

    service: timedelta
    downtime: timedelta

    @property
    def service_minutes(self) -> Decimal:
        """Minutes in which the system was promised."""
        return minutes(self.service)

    @property
    def downtime_minutes(self) -> Decimal:
        """Promised minutes in which the system was down."""
        return minutes(self.downtime)

    @property
    def uptime_minutes(self) -> Decimal:
        """Promised minutes in which the system ran."""
        return minutes(self.service - self.downtime)

    @property
    def percent(self) -> Decimal | None:
        """100 × uptime ÷ service, unrounded; ``None`` where nothing was promised."""
        return self.uptime_minutes * 100 / self.service_minutes if self.service else None

    @property
    def shown_percent(self) -> Decimal | None:
        """The percentage to three places, rounded down: whoever was down at all never shows 100."""
        share = self.percent
        return None if share is None else share.quantize(Decimal("0.001"), rounding=ROUND_FLOOR)

    def __add__(self, other: "Availability") -> "Availability":
        """Add service time and downtime: the sum of several systems is weighted by their running time."""
        return Availability(self.service + other.service, self.downtime + other.downtime)


NOTHING = Availability(ZERO, ZERO)


def minutes(length: timedelta) -> Decimal:
    """Return a length of time in minutes, exactly to the microsecond."""
    whole, rest = divmod(length, MINUTE)
    seconds = Decimal(rest.seconds) + Decimal(rest.microseconds) / 1_000_000
    return Decimal(whole) + seconds / 60 if rest else Decimal(whole)


def availability(
    span: Interval, outages: Iterable[tuple[datetime, datetime | None]], maintenance: Iterable[Interval]
) -> Availability:
    """Return the availability within ``span``.

    Args:
        span: the month, already cut to the days on which the system is in use and to the present.
        outages: start and end of each outage; an end of ``None`` lasts to the end of the span.
        maintenance: start and end of each planned maintenance window.
    """
    if span[0] >= span[1]:
        return NOTHING
    promised = subtract([span], clip(maintenance, span))
    down = clip(((start, end or span[1]) for start, end in outages), span)
    return Availability(total(promised), total(promised) - total(subtract(promised, down)))


def clip(intervals: Iterable[Interval], span: Interval) -> list[Interval]:
    """Return the parts of ``intervals`` inside ``span``, merged and in order."""
    cut = ((max(start, span[0]), min(end, span[1])) for start, end in intervals)
    return merge(interval for interval in cut if interval[0] < interval[1])


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the union of ``intervals`` as disjoint intervals in order."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def subtract(whole: Sequence[Interval], holes: Sequence[Interval]) -> list[Interval]:
    """Return what is left of ``whole`` without ``holes``; both are disjoint and in order."""
    left: list[Interval] = []
    for start, end in whole:
        position = start
        for hole_start, hole_end in holes:
            if hole_end <= position or hole_start >= end:
                continue
            if position < hole_start:
                left.append((position, hole_start))
            position = max(position, hole_end)
        if position < end:
            left.append((position, end))
    return left


def total(intervals: Iterable[Interval]) -> timedelta:
    """Return the summed length of disjoint intervals."""
    return sum((end - start for start, end in intervals), ZERO)
