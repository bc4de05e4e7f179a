"""Exponential smoothing gives what statsmodels gives, at every origin of the past."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.transition.costs.engine.smoothing import SEASON, Grid, first_states, smooth


def grid(alpha, beta, gamma, phi):
    return Grid(*(np.array([value]) for value in (alpha, beta, gamma, phi)))


def usage(months, seed=1):
    rng = np.random.default_rng(seed)
    time = np.arange(months)
    return (
        1000 * (1 + 0.01 * time) * (1 + 0.1 * np.sin(time * np.pi / 6)) * (1 + 0.03 * rng.normal(size=months))
    )


@pytest.mark.parametrize("is_seasonal", [False, True])
def test_the_same_parameters_give_the_forecast_of_statsmodels(is_seasonal):
    import pandas
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    values = usage(40)
    chosen = grid(0.3, 0.06, 0.2 if is_seasonal else 0.0, 0.9)
    ours = smooth(values[None, :], is_seasonal=is_seasonal, grid=chosen).at(np.array([40]))
    level, trend, season = (each[0] for each in first_states(values[None, :], is_seasonal=is_seasonal))
    options = {"initial_seasonal": season} if is_seasonal else {}
    model = ETSModel(
        pandas.Series(values),
        error="add",
        trend="add",
        damped_trend=True,
        seasonal="add" if is_seasonal else None,
        seasonal_periods=SEASON if is_seasonal else None,
        initialization_method="known",
        initial_level=level,
        initial_trend=trend,
        **options,
    )
    names = {"smoothing_level": 0.3, "smoothing_trend": 0.06, "smoothing_seasonal": 0.2, "damping_trend": 0.9}
    parameters = [names.get(name, 0.0) for name in model.param_names]
    for place, name in enumerate(model.param_names):
        if name == "initial_level":
            parameters[place] = level
        elif name == "initial_trend":
            parameters[place] = trend
        elif name.startswith("initial_seasonal"):
            # statsmodels keeps the newest season first.
            parameters[place] = season[::-1][int(name.rpartition(".")[2])] if "." in name else 0.0
    theirs = model.smooth(np.array(parameters))
    assert ours.points(15)[0] == pytest.approx(theirs.forecast(15).to_numpy(), rel=1e-9)
    told = theirs.get_prediction(start=40, end=54).forecast_variance
    spread = ours.sigma[0] * np.sqrt(np.cumsum(ours.weights(15)[0] ** 2))
    assert spread / spread[0] == pytest.approx(np.sqrt(told / told[0]), rel=1e-6)


@given(st.integers(12, 39), st.integers(1, 500))
@settings(max_examples=25, deadline=None)
def test_an_origin_in_the_past_knows_nothing_of_what_came_after(origin, seed):
    values = usage(40, seed)
    changed = values.copy()
    changed[origin:] *= 7
    before = smooth(values[None, :], is_seasonal=False).at(np.array([origin]))
    after = smooth(changed[None, :], is_seasonal=False).at(np.array([origin]))
    assert before.points(6) == pytest.approx(after.points(6))
    assert before.sigma == pytest.approx(after.sigma)


def test_series_of_one_run_do_not_disturb_each_other():
    table = np.stack([usage(36, 1), usage(36, 2)])
    both = smooth(table, is_seasonal=True).at(np.array([36, 30]))
    alone = smooth(table[1:], is_seasonal=True).at(np.array([30]))
    assert both.points(12)[1] == pytest.approx(alone.points(12)[0])
