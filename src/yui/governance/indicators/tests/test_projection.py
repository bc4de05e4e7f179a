"""When a trend reaches its target."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.governance.indicators.engine.projection import MINIMUM_POINTS, fit, forecast, project, t95

steps = st.floats(0.01, 50, allow_nan=False)
starts = st.floats(-1000, 1000, allow_nan=False)


def test_a_straight_line_arrives_where_it_crosses():
    found = project([10.0, 12, 14, 16, 18, 20, 22, 24], 30)
    assert (found.expected, found.earliest, found.latest) == (3, 3, 3)
    assert found.slope_per_month == pytest.approx(2)
    assert found.points == 8


def test_a_falling_line_arrives_at_a_lower_target():
    assert project([60.0, 55, 50, 45, 40, 35], 24).expected == 3


def test_a_line_away_from_the_target_never_arrives():
    assert project([30.0, 29, 28, 27, 26, 25], 80).expected is None
    assert project([5.0] * 12, 6).expected is None


def test_the_target_itself_is_arrival_now():
    found = project([1.0, 2, 3, 4, 5, 6], 6)
    assert (found.expected, found.earliest, found.latest) == (0, 0, 0)


def test_a_last_month_that_fell_behind_a_trend_beyond_the_target_is_expected_now():
    assert project([50.0, 60, 70, 80, 90, 100, 79], 80).expected == 0


def test_more_than_ten_years_ahead_is_open():
    assert project([1.0, 1.001, 1.002, 1.003, 1.004, 1.005], 80).expected is None


@pytest.mark.parametrize("points", range(MINIMUM_POINTS))
def test_too_few_points_give_no_projection(points):
    values = [None, *map(float, range(points)), None]
    assert fit(values) is None
    assert project(values, 100) is None
    assert forecast(values, 3) == []


def test_a_slope_that_may_be_nothing_leaves_the_late_end_open():
    found = project([10.0, 14, 9, 15, 10, 13, 11, 14, 10, 15], 16)
    assert found.expected is not None
    assert found.latest is None


@given(starts, steps, st.integers(1, 100), st.integers(MINIMUM_POINTS, 36))
def test_an_exact_line_is_projected_exactly(start, step, ahead, points):
    values = [start + step * month for month in range(points)]
    assert project(values, start + step * (points - 1 + ahead)).expected in {ahead, ahead - 1, ahead + 1}


@given(st.lists(st.none() | st.floats(-1e6, 1e6), min_size=2, max_size=40), st.floats(-1e6, 1e6))
def test_the_interval_holds_the_expected_month(values, target):
    found = project(values, target)
    if found is None:
        return
    if found.expected is not None:
        assert found.earliest is not None
        assert 0 <= found.earliest <= found.expected
    if found.latest is not None:
        assert found.expected is not None
        assert found.expected <= found.latest


@given(st.lists(st.floats(-1e6, 1e6), min_size=MINIMUM_POINTS, max_size=40), st.integers(1, 24))
def test_a_forecast_has_its_line_inside_its_band(values, months):
    coming = forecast(values, months)
    assert len(coming) == months
    assert all(low <= centre <= high for low, centre, high in coming)


def test_the_interval_covers_the_true_month_about_nine_times_in_ten():
    random = np.random.default_rng(20260401)
    trials, covered = 400, 0
    for _trial in range(trials):
        values = 20 + 1.0 * np.arange(24) + random.normal(0, 3, 24)
        values[-1] = min(values[-1], 54)
        found = project(values.tolist(), 55)
        covered += found.earliest <= 12 and (found.latest is None or found.latest >= 12)
    assert 0.86 <= covered / trials <= 0.98


@pytest.mark.parametrize(
    ("degrees", "quantile"), [(1, 6.314), (10, 1.812), (30, 1.697), (60, 1.671), (120, 1.658)]
)
def test_student_s_quantiles_are_those_of_the_tables(degrees, quantile):
    assert t95(degrees) == pytest.approx(quantile, abs=6e-4)


def test_student_s_quantile_needs_a_degree_of_freedom():
    with pytest.raises(ValueError, match="degree"):
        t95(0)
