"""Months and fiscal years: arithmetic, order, reading and writing."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.calendar_jp import (
    DateNotUnderstood,
    FiscalYear,
    Month,
    Period,
    accounts_are_closed,
    accounts_close_on,
    last_closed_fiscal_year,
    settlement_period,
)

months = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))
shifts = st.integers(-2000, 2000)
days = st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 12, 31))


@given(months)
def test_a_month_survives_writing_and_reading(month):
    assert Month.parse(str(month)) == month
    assert Month.parse(month.label) == month


@given(months, shifts, shifts)
def test_shifts_add_up(month, first, second):
    assert month.shift(first).shift(second) == month.shift(first + second)


@given(months, shifts)
def test_order_follows_time(month, shift):
    other = month.shift(shift)
    assert (month < other) == (month.first_day < other.first_day) == (shift > 0)


@given(months)
def test_months_leave_no_day_out(month):
    assert month.last_day + datetime.timedelta(days=1) == month.next().first_day
    assert month.next().previous() == month


@given(months, st.integers(0, 200))
def test_between_counts_both_ends(month, shift):
    listed = Month.between(month, month.shift(shift))
    assert len(listed) == shift + 1
    assert listed[0] == month and listed[-1] == month.shift(shift)
    assert listed == sorted(set(listed))


def test_between_backwards_is_empty():
    assert Month.between(Month(2026, 5), Month(2026, 4)) == []


@given(days)
def test_a_day_lies_in_its_month_and_fiscal_year(day):
    assert Month.of(day).first_day <= day <= Month.of(day).last_day
    year = FiscalYear.of(day)
    assert year.start <= day <= year.end
    assert Month.of(day).fiscal_year == year
    assert Month.of(day) in year.months


@given(st.integers(1900, 2200))
def test_a_fiscal_year_has_twelve_months_and_reads_back(year):
    fiscal_year = FiscalYear(year)
    assert len(fiscal_year.months) == 12
    assert {month.fiscal_year for month in fiscal_year.months} == {fiscal_year}
    assert fiscal_year.end + datetime.timedelta(days=1) == fiscal_year.next().start
    assert FiscalYear.parse(str(year)) == fiscal_year
    assert FiscalYear.parse(fiscal_year.short_label) == fiscal_year


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (2026, "2026年度(令和8年度)"),
        (2019, "2019年度(令和元年度)"),
        (2018, "2018年度(平成30年度)"),
        (1989, "1989年度(平成元年度)"),
        (1988, "1988年度(昭和63年度)"),
        (1926, "1926年度(大正15年度)"),
    ],
)
def test_fiscal_year_labels(year, label):
    assert FiscalYear(year).label == label


@pytest.mark.parametrize("text", ["2019年度", "平成31年度", "令和元年度", "R1", "ＦＹ2019", "２０１９"])
def test_fiscal_year_readings_of_2019(text):
    assert FiscalYear.parse(text) == FiscalYear(2019)


@pytest.mark.parametrize("text", ["", "平成32年度", "昭和65年度", "R0", "26", "2026年4月", "二〇二六年度"])
def test_texts_that_are_no_fiscal_year(text):
    with pytest.raises(DateNotUnderstood, match="年度"):
        FiscalYear.parse(text)


@pytest.mark.parametrize(
    "text", ["2026-11", "2026/11", "2026.11", "202611", "2026年11月", "令和8年11月", "R8.11", "㋿8年11月"]
)
def test_month_readings(text):
    assert Month.parse(text) == Month(2026, 11)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "平成31年5月", "令和元年4月", "2026-11-23", "11月"]
)
def test_texts_that_are_no_month(text):
    with pytest.raises(DateNotUnderstood):
        Month.parse(text)


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (0, 1)])
def test_impossible_months_cannot_be_made(year, month):
    with pytest.raises(ValueError, match="no such month"):
        Month(year, month)


@given(months)
def test_period_of_a_month(month):
    period = Period.of_month(month)
    assert period.months == [month]
    assert period.contains(month.first_day) and period.contains(month.last_day)
    assert not period.contains(month.next().first_day)
    assert list(period.days)[-1] == month.last_day
    assert period.previous() == Period.of_month(month.previous())


@given(st.integers(1900, 2200))
def test_period_of_a_fiscal_year(year):
    period = Period.of_fiscal_year(FiscalYear(year))
    assert period.months == FiscalYear(year).months
    assert period.label == FiscalYear(year).label
    assert period.previous() == Period.of_fiscal_year(FiscalYear(year - 1))
    assert not period.overlaps(period.previous())


@given(days, st.integers(1, 500))
def test_period_before_any_period_touches_it(day, length):
    period = Period(day, day + datetime.timedelta(days=length))
    assert period.previous().end == period.start
    assert len(list(period.days)) == period.day_count == length


def test_a_period_has_at_least_one_day():
    with pytest.raises(ValueError, match="ends after"):
        Period(datetime.date(2026, 4, 1), datetime.date(2026, 4, 1))


def test_accounts_stay_open_until_the_end_of_may():
    year = FiscalYear(2025)
    assert accounts_close_on(year) == datetime.date(2026, 5, 31)
    assert not accounts_are_closed(year, datetime.date(2026, 5, 31))
    assert accounts_are_closed(year, datetime.date(2026, 6, 1))
    assert settlement_period(year).last_day == accounts_close_on(year)
    assert settlement_period(year).start == year.next().start


@given(days)
def test_the_last_closed_year_is_closed_and_the_next_is_not(day):
    newest = last_closed_fiscal_year(day)
    assert accounts_are_closed(newest, day)
    assert not accounts_are_closed(newest.next(), day)
