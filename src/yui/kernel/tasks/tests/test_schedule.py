"""Arithmetic of due times."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.calendar_jp import TOKYO
from yui.kernel.tasks.schedule import InvalidSchedule, Schedule

moments = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)).map(
    lambda naive: naive.replace(tzinfo=TOKYO)
)
times = st.times().map(lambda t: f"{t:%H:%M}")


def daily(at: str) -> Schedule:
    return Schedule.of(every_minutes=None, daily_at=at, monthly_on=None)


def monthly(day: int, at: str) -> Schedule:
    return Schedule.of(every_minutes=None, daily_at=None, monthly_on=(day, at))


@given(moments, times)
def test_daily_is_the_next_such_time_within_a_day(moment, at):
    due = daily(at).after(moment)
    assert f"{due:%H:%M}" == at
    assert timedelta(0) < due - moment <= timedelta(days=1)


@given(moments, times, st.integers(1, 31))
def test_monthly_is_the_next_such_day_and_comes_every_month(moment, at, day):
    first = monthly(day, at).after(moment)
    second = monthly(day, at).after(first)
    assert moment < first < second
    assert (second.year * 12 + second.month) - (first.year * 12 + first.month) == 1
    assert first.day == day or (first + timedelta(days=1)).day == 1


def test_the_thirty_first_falls_on_the_last_day_of_february():
    due = monthly(31, "03:00").after(datetime(2027, 2, 1, tzinfo=TOKYO))
    assert due == datetime(2027, 2, 28, 3, tzinfo=TOKYO)


def test_december_is_followed_by_january():
    due = monthly(1, "03:00").after(datetime(2026, 12, 31, tzinfo=TOKYO))
    assert due == datetime(2027, 1, 1, 3, tzinfo=TOKYO)


@pytest.mark.parametrize(
    "times_given",
    [
        {},
        {"every_minutes": 5, "daily_at": "02:30"},
        {"every_minutes": 0},
        {"daily_at": "25:00"},
        {"monthly_on": (32, "03:00")},
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(times_given):
    with pytest.raises(InvalidSchedule):
        Schedule.of(**{"every_minutes": None, "daily_at": None, "monthly_on": None, **times_given})
