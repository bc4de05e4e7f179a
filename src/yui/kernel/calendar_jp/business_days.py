"""Business days and business hours of a ward office.

Closed on Saturdays, Sundays, national holidays and from 29 December to 3 January (行政機関の休日, as ward
ordinances have it); the counter is open from 8:30 to 17:15.
"""

import datetime
from functools import lru_cache

import jpholiday

from yui.kernel.calendar_jp.dates import TOKYO

OPENS_AT = datetime.time(8, 30)
CLOSES_AT = datetime.time(17, 15)
ONE_DAY = datetime.timedelta(days=1)
_YEAR_END = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})


@lru_cache(maxsize=256)
def holidays_of(year: int) -> dict[datetime.date, str]:
    """Return the national holidays of a calendar year with their Japanese names."""
    return dict(jpholiday.year_holidays(year))


def holiday_name(day: datetime.date) -> str | None:
    """Return the national holiday's name, or None on any other day."""
    return holidays_of(day.year).get(day)


def is_business_day(day: datetime.date) -> bool:
    """Tell whether ward offices are open on the day."""
    return day.weekday() < 5 and (day.month, day.day) not in _YEAR_END and day not in holidays_of(day.year)


def add_business_days(day: datetime.date, count: int) -> datetime.date:
    """Return the business day that is ``count`` business days after the day (before it when negative).

    The day itself is never counted; zero returns it unchanged, be it a business day or not.
    """
    step = ONE_DAY if count > 0 else -ONE_DAY
    remaining = abs(count)
    while remaining:
        day += step
        remaining -= is_business_day(day)
    return day


def business_day_on_or_after(day: datetime.date) -> datetime.date:
    """Return the day itself when it is a business day, else the next one that is."""
    while not is_business_day(day):
        day += ONE_DAY
    return day


def business_days_between(start: datetime.date, end: datetime.date) -> int:
    """Count the business days from start up to, not including, end; zero where end is not after start."""
    return sum(is_business_day(start + ONE_DAY * step) for step in range(max(0, (end - start).days)))


def business_hours_between(start: datetime.datetime, end: datetime.datetime) -> datetime.timedelta:
    """Return the opening time between two moments, as an exact ``timedelta``.

    Both moments are aware, in any zone; opening hours are those of Tokyo. Raises ``ValueError`` for naive
    moments and where end comes before start.
    """
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("business hours need aware moments")
    if end < start:
        raise ValueError(f"{end} comes before {start}")
    first, last = start.astimezone(TOKYO), end.astimezone(TOKYO)
    total = datetime.timedelta(0)
    day = first.date()
    while day <= last.date():
        if is_business_day(day):
            opens = datetime.datetime.combine(day, OPENS_AT, TOKYO)
            closes = datetime.datetime.combine(day, CLOSES_AT, TOKYO)
            total += max(datetime.timedelta(0), min(last, closes) - max(first, opens))
        day += ONE_DAY
    return total
