"""Usage is foreseen by what erred least on its own past, and never by what cannot be known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.transition.costs.engine.candidates import NAIVES
from yui.transition.costs.engine.usage_forecast import ENDED, SHORT, forecast_usage


def one(values, horizon=6):
    return forecast_usage([values], [horizon])[0]


def noisy(values, seed=3, part=0.02):
    rng = np.random.default_rng(seed)
    return list(np.asarray(values, dtype=float) * (1 + part * rng.normal(size=len(values))))


def test_below_six_months_nothing_is_foreseen():
    found = one([100.0] * 5)
    assert (found.method, found.points, found.backtest) == (SHORT, (), None)
    assert one(noisy([100] * 6)).method != SHORT


def test_what_was_zero_for_three_months_has_ended():
    found = one([100.0, 120.0, 90.0, 110.0, 100.0, 100.0, 0.0, 0.0, 0.0])
    assert found.method == ENDED
    assert found.points == (0.0,) * 6


def test_a_yearly_habit_is_foreseen_from_the_year_before():
    habit = [100, 100, 100, 100, 100, 400, 100, 100, 100, 100, 100, 100]
    found = one(noisy(habit * 3), horizon=12)
    assert found.method in {"seasonal_naive", "ets_seasonal"}
    assert found.points[5] == pytest.approx(400, rel=0.1)
    assert found.backtest.mase < found.rivals["naive"]


def test_steady_growth_is_foreseen_by_smoothing_and_better_than_by_last_year():
    found = one(noisy([100 * 1.02**month for month in range(36)], part=0.01), horizon=12)
    assert found.method not in NAIVES
    assert found.rivals[found.method] < min(found.rivals[name] for name in found.rivals if name in NAIVES)
    assert found.points[0] > 195


def test_smoothing_needs_twenty_four_months():
    assert "ets" not in one(noisy([100 + month for month in range(23)])).rivals
    found = one(noisy([100 + month for month in range(24)]))
    assert "ets" in found.rivals and "ets_seasonal" not in found.rivals
    assert "ets_seasonal" in one(noisy([100 + month for month in range(36)])).rivals


def test_smoothing_is_tried_only_for_what_is_worth_it():
    values = noisy([100 * 1.02**month for month in range(36)], part=0.01)
    tried, spared = forecast_usage([values, values], [12, 12], [True, False])
    assert tried.method not in NAIVES
    assert set(spared.rivals) == {"naive", "seasonal_naive"} and spared.method in NAIVES
    assert len(spared.points) == 12


def test_months_all_alike_until_the_backtest_leave_smoothing_out():
    found = one([100.0] * 28 + noisy([150.0] * 8))
    assert set(found.rivals) == {"naive", "seasonal_naive"}


def test_the_naive_stays_where_nothing_beats_it():
    # A walk that steps at random: the last value is the best that can be said.
    rng = np.random.default_rng(8)
    series = [list(1000 + np.cumsum(rng.normal(size=36) * 30)) for _ in range(40)]
    found = forecast_usage(series, [6] * 40)
    for each in found:
        best = min(mase for name, mase in each.rivals.items() if name in NAIVES)
        assert each.method in NAIVES or each.rivals[each.method] < best
    assert sum(each.method == "naive" for each in found) > 10


def test_what_lies_before_a_long_gap_is_no_past_of_today():
    old, recent = [1.0] * 30, [100.0, 120.0, 90.0, 110.0]
    (lone,) = forecast_usage([[*old, None, None, None, 100.0]], [10])
    assert (lone.method, lone.months, lone.filled) == (SHORT, 1, 0)
    (since,) = forecast_usage([[*old, None, None, None, *recent * 3]], [3])
    (alone,) = forecast_usage([recent * 3], [3])
    assert since == alone
    (bridged,) = forecast_usage([[*old, None, None, 100.0]], [10])
    assert (bridged.months, bridged.filled) == (33, 2)


def test_missing_months_are_filled_and_counted():
    values = noisy([100.0] * 30)
    values[10] = values[11] = None
    found = one(values)
    assert (found.months, found.filled) == (30, 2)


def test_costs_that_were_never_negative_are_not_foreseen_below_zero():
    falling = noisy([1000 * 0.8**month for month in range(36)], part=0.05)
    assert min(one(falling, 12).points) >= 0


def test_intervals_hold_what_they_promise_on_months_never_seen():
    rng = np.random.default_rng(11)
    series, future = [], []
    for _ in range(80):
        time = np.arange(48)
        level = 1000 * (1 + 0.005 * rng.normal() * time) * (1 + 0.08 * np.sin(time * np.pi / 6))
        values = level * (1 + 0.05 * rng.normal(size=48))
        series.append(list(values[:36]))
        future.append(values[36:])
    found = forecast_usage(series, [12] * 80)
    points = np.array([each.points for each in found])
    spread = np.array([each.spread for each in found])
    inside = np.abs(np.array(future) - points) <= 1.2816 * spread
    assert 0.72 <= inside.mean() <= 0.95


@given(
    st.lists(st.floats(0, 1e9, allow_nan=False), min_size=1, max_size=50),
    st.integers(0, 15),
)
@settings(max_examples=60, deadline=None)
def test_any_series_gives_finite_figures_for_each_month(values, horizon):
    found = one(values, horizon)
    assert len(found.points) in {0, horizon}
    if found.method != SHORT:
        assert len(found.points) == len(found.spread) == horizon
        assert np.isfinite(found.points).all() and np.isfinite(found.spread).all()
        assert found.total_spread >= 0


def test_series_together_are_foreseen_as_alone():
    many = [
        noisy([100 + month for month in range(length)], seed=length) for length in (7, 14, 23, 30, 36, 36, 48)
    ]
    together = forecast_usage(many, [5] * len(many))
    for values, found in zip(many, together, strict=True):
        alone = one(values, 5)
        assert found.method == alone.method
        assert found.points == pytest.approx(alone.points)
        assert found.total_spread == pytest.approx(alone.total_spread)
