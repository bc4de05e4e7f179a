"""Exponential smoothing foresees with what was known at the time, and says how wrong it may be."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.transition.costs.engine.exponential_smoothing import smooth

FIRST = 28
BOTH = pytest.mark.parametrize("is_seasonal", [False, True])


def usage(months, seed=1):
    rng = np.random.default_rng(seed)
    time = np.arange(months)
    return (
        1000 * (1 + 0.01 * time) * (1 + 0.1 * np.sin(time * np.pi / 6)) * (1 + 0.03 * rng.normal(size=months))
    )


@BOTH
def test_the_coming_months_and_their_variances_are_those_of_statsmodels(is_seasonal):
    found = smooth(usage(40), FIRST, is_seasonal=is_seasonal)
    points, sigma, weights = found.ahead(40, 15)
    told = found.whole.get_prediction(start=40, end=54)
    assert points == pytest.approx(told.predicted_mean.to_numpy() * found.scale)
    variances = told.forecast_variance * found.scale**2
    assert np.cumsum((sigma * weights) ** 2) == pytest.approx(variances)
    assert weights[0] == pytest.approx(1)


@BOTH
def test_the_error_of_a_sum_is_what_simulated_years_show(is_seasonal):
    found = smooth(usage(40, 7), FIRST, is_seasonal=is_seasonal)
    _points, sigma, weights = found.ahead(40, 12)
    years = np.asarray(found.whole.simulate(12, anchor="end", repetitions=8000, rng=np.random.default_rng(5)))
    expected = years.sum(axis=0).std() * found.scale
    assert sigma * np.sqrt((np.cumsum(weights) ** 2).sum()) == pytest.approx(expected, rel=0.05)


def test_a_season_is_foreseen_by_the_model_that_has_one():
    values = usage(60, 3)
    wrong = {}
    for is_seasonal in (False, True):
        points, _sigma, _weights = smooth(values[:48], 36, is_seasonal=is_seasonal).ahead(48, 12)
        wrong[is_seasonal] = np.abs(values[48:] - points).mean()
    last_year = np.abs(values[48:] - values[36:48]).mean()
    assert wrong[True] < 0.7 * min(last_year, wrong[False])


@given(st.integers(FIRST, 39), st.integers(1, 500), st.booleans())
@settings(max_examples=25, deadline=None)
def test_an_origin_in_the_past_knows_nothing_of_what_came_after(origin, seed, is_seasonal):
    values = usage(40, seed)
    changed = values.copy()
    changed[origin:] *= 7
    before = smooth(values, FIRST, is_seasonal=is_seasonal).ahead(origin, 6)
    after = smooth(changed, FIRST, is_seasonal=is_seasonal).ahead(origin, 6)
    for told, again in zip(before, after, strict=True):
        assert told == pytest.approx(again)


def test_later_origins_see_more():
    values = usage(40)
    values[34:] += 500
    found = smooth(values, FIRST, is_seasonal=False)
    assert found.ahead(38, 1)[0][0] > found.ahead(34, 1)[0][0] + 100


@BOTH
@pytest.mark.parametrize("values", [np.full(40, 7.0), np.r_[np.zeros(FIRST), np.arange(12.0)]])
def test_months_all_alike_are_left_to_the_naive_methods(values, is_seasonal):
    assert smooth(values, FIRST, is_seasonal=is_seasonal) is None


@given(st.lists(st.floats(-1e9, 1e9), min_size=24, max_size=50))
@settings(max_examples=40, deadline=None)
def test_any_series_is_foreseen_in_finite_figures_or_not_at_all_and_without_warnings(values):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for is_seasonal in (False, True)[: 1 + (len(values) >= 36)]:
            found = smooth(np.array(values), len(values) - 12, is_seasonal=is_seasonal)
            for origin in range(len(values) - 12, len(values) + 1) if found else ():
                assert all(np.isfinite(each).all() for each in found.ahead(origin, 12))
