"""Business days and hours of ward offices."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.calendar_jp import (
    TOKYO,
    add_business_days,
    business_day_on_or_after,
    business_days_between,
    business_hours_between,
    holiday_name,
    is_business_day,
)

days = st.dates(datetime.date(2000, 1, 1), datetime.date(2050, 12, 31))
moments = st.datetimes(
    datetime.datetime(2026, 1, 1),
    datetime.datetime(2026, 6, 1),
    timezones=st.sampled_from([TOKYO, datetime.UTC]),
)
ZERO = datetime.timedelta(0)


def at(day, hour, minute=0):
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (datetime.date(2026, 11, 20), True),
        (datetime.date(2026, 11, 21), False),
        (datetime.date(2026, 11, 23), False),
        (datetime.date(2026, 12, 28), True),
        (datetime.date(2026, 12, 29), False),
        (datetime.date(2026, 12, 31), False),
        (datetime.date(2024, 1, 3), False),
        (datetime.date(2024, 1, 4), True),
        (datetime.date(2019, 5, 1), False),
        (datetime.date(2026, 9, 22), False),
    ],
)
def test_open_and_closed_days(day, is_open):
    assert is_business_day(day) is is_open


def test_holidays_have_names():
    assert holiday_name(datetime.date(2026, 11, 23)) == "勤労感謝の日"
    assert holiday_name(datetime.date(2026, 11, 24)) is None


def test_adding_skips_closed_days():
    friday = datetime.date(2026, 11, 20)
    assert add_business_days(friday, 1) == datetime.date(2026, 11, 24)
    assert add_business_days(datetime.date(2026, 11, 24), -1) == friday
    assert add_business_days(datetime.date(2026, 12, 28), 1) == datetime.date(2027, 1, 4)
    assert add_business_days(datetime.date(2026, 11, 21), 0) == datetime.date(2026, 11, 21)


@given(days, st.integers(1, 60))
def test_added_days_are_counted_back(day, count):
    later = add_business_days(day, count)
    assert is_business_day(later)
    after = day + datetime.timedelta(days=1)
    assert business_days_between(after, later + datetime.timedelta(days=1)) == count


@given(days)
def test_the_next_open_day(day):
    opening = business_day_on_or_after(day)
    assert is_business_day(opening) and opening >= day
    assert business_days_between(day, opening) == 0


def test_business_hours_of_known_spans():
    assert business_hours_between(at(20, 8, 30), at(20, 17, 15)) == datetime.timedelta(hours=8, minutes=45)
    assert business_hours_between(at(20, 16), at(24, 9, 30)) == datetime.timedelta(hours=2, minutes=15)
    assert business_hours_between(at(21, 0), at(23, 23)) == ZERO
    assert business_hours_between(at(20, 0), at(20, 8, 30)) == ZERO
    utc = at(20, 9).astimezone(datetime.UTC)
    assert business_hours_between(utc, at(20, 10)) == datetime.timedelta(hours=1)


@given(st.lists(moments, min_size=3, max_size=3))
def test_business_hours_add_up(three):
    start, middle, end = sorted(three)
    whole = business_hours_between(start, end)
    assert whole == business_hours_between(start, middle) + business_hours_between(middle, end)
    assert ZERO <= whole <= end - start


@given(st.lists(moments, min_size=2, max_size=6))
def test_longer_spans_never_have_fewer_hours(several):
    ordered = sorted(several)
    spans = [business_hours_between(ordered[0], moment) for moment in ordered]
    assert all(earlier <= later for earlier, later in pairwise(spans))


def test_misuse_is_refused():
    with pytest.raises(ValueError, match="aware"):
        business_hours_between(datetime.datetime(2026, 11, 20, 9), at(20, 10))
    with pytest.raises(ValueError, match="before"):
        business_hours_between(at(20, 10), at(20, 9))
