"""Whether a ratio has become stable."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.statistics.stability import (
    POINTS_NEEDED,
    Stability,
    fixed_b_critical_value,
    judge_stability,
)

SEED, TRIALS = 20260401, 600


def drifting(yearly: float, noise: float, random: np.random.Generator, memory: float = 0.4) -> list[float]:
    """Three years of a ratio with a drift and autocorrelated noise, as fractions of itself."""
    shocks = random.normal(0, noise, POINTS_NEEDED)
    deviations = np.zeros(POINTS_NEEDED)
    for month in range(1, POINTS_NEEDED):
        deviations[month] = memory * deviations[month - 1] + shocks[month]
    return (1.8 * np.exp(yearly * np.arange(POINTS_NEEDED) / 12 + deviations)).tolist()


def share(yearly: float, noise: float, state: Stability) -> float:
    random = np.random.default_rng(SEED)
    states = [judge_stability(drifting(yearly, noise, random)).state for _trial in range(TRIALS)]
    return states.count(state) / TRIALS


@pytest.mark.parametrize("noise", [0.005, 0.01, 0.02, 0.05])
@pytest.mark.parametrize("yearly", [0.05, -0.05])
def test_a_drift_of_five_percent_is_called_stable_in_at_most_five_percent(yearly, noise):
    assert share(yearly, noise, Stability.STABLE) <= 0.05


def test_a_quiet_ratio_is_mostly_called_stable():
    assert share(0.0, 0.005, Stability.STABLE) >= 0.95


def test_a_large_drift_is_mostly_called_unstable():
    assert share(0.10, 0.005, Stability.UNSTABLE) >= 0.95


def test_noise_alone_is_seldom_called_unstable():
    assert share(0.0, 0.05, Stability.UNSTABLE) <= 0.05


def test_a_constant_ratio_is_stable_with_no_drift():
    verdict = judge_stability([1.8] * 36)
    assert verdict.state is Stability.STABLE
    assert verdict.yearly_drift == pytest.approx(0)
    assert verdict.points == 36


def test_an_exact_drift_is_found():
    verdict = judge_stability([1.8 * 1.06 ** (month / 12) for month in range(36)])
    assert verdict.state is Stability.UNSTABLE
    assert verdict.yearly_drift == pytest.approx(np.log(1.06))


@pytest.mark.parametrize(
    "values", [[], [1.8] * 35, [None, *[1.8] * 35], [*[1.8] * 20, 0.0, *[1.8] * 15], [*[1.8] * 35, -1.0]]
)
def test_missing_or_impossible_months_leave_it_undetermined(values):
    verdict = judge_stability(values)
    assert verdict.state is Stability.UNDETERMINED
    assert verdict.yearly_drift is None
    assert verdict.points < POINTS_NEEDED


@given(st.lists(st.floats(0.01, 100), min_size=36, max_size=50), st.floats(0.01, 100))
def test_the_verdict_does_not_depend_on_the_unit(values, factor):
    plain, scaled = judge_stability(values), judge_stability([value * factor for value in values])
    assert scaled.yearly_drift == pytest.approx(plain.yearly_drift, abs=1e-6)
    assert plain.low <= plain.yearly_drift <= plain.high


def test_the_critical_value_is_normal_for_no_bandwidth_and_grows_with_it():
    assert fixed_b_critical_value(0) == pytest.approx(1.645, abs=1e-3)
    assert fixed_b_critical_value(0.1) < fixed_b_critical_value(0.2)
