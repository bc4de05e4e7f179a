"""When a sum reaches its target at its pace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.governance.indicators.engine.pace import chi_square, pace


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(10, 5.425, 16.962), (20, 13.255, 29.062), (100, 84.139, 118.079)],
)
def test_the_interval_is_garwood_s(events, low, high):
    going = pace(events, 1)
    assert going.low == pytest.approx(low, rel=0.01)
    assert going.high == pytest.approx(high, rel=0.01)


def test_chi_square_is_close_to_the_tables():
    assert chi_square(10, 1.6448536) == pytest.approx(18.307, rel=0.002)
    assert chi_square(20, -1.6448536) == pytest.approx(10.851, rel=0.002)


def test_a_hundred_in_six_months_are_six_hundred_in_three_more_years():
    assert pace(100, 6).months_to(600) == (36, 31, 43)


def test_nothing_so_far_has_no_expected_month():
    assert pace(0, 6).months_to(5) == (None, pace(0, 6).months_to(5)[1], None)
    assert pace(0, 6).low == 0


def test_what_is_there_already_takes_no_month():
    assert pace(12, 3).months_to(0) == (0, 0, 0)


@pytest.mark.parametrize(("value", "elapsed"), [(-1, 3), (1, 0)])
def test_there_is_no_pace_of_nothing(value, elapsed):
    with pytest.raises(ValueError, match="pace"):
        pace(value, elapsed)


@given(st.integers(0, 100_000), st.integers(1, 36), st.integers(0, 60))
def test_the_expected_course_lies_in_its_band(value, elapsed, ahead):
    low, expected, high = pace(value, elapsed).after(value, ahead)
    assert value <= low <= expected <= high


@given(st.integers(1, 10_000), st.integers(1, 36), st.integers(1, 20_000))
def test_the_ends_of_the_interval_are_in_order(value, elapsed, missing):
    expected, earliest, latest = pace(value, elapsed).months_to(missing)
    if expected is not None:
        assert earliest is not None
        assert earliest <= expected
    if latest is not None:
        assert expected is not None
        assert expected <= latest
