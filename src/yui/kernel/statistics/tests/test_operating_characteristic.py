"""How often the rule errs: the joint monthly ratio of 23 wards, drawn thousands of times."""

import numpy as np
import pytest

from yui.kernel.statistics.stability import (
    Confirmation,
    Reason,
    Stability,
    confirm_on_annual,
    judge_stability,
    judge_stability_and_level,
)

SEED, RUNS, MONTHS, WARDS = 20260401, 2_000, 36, 23
WARD_NOISE, COMMON_SHOCK, MEMORY = 0.08, 0.03, 0.5


def remembering(
    random: np.random.Generator, shape: tuple[int, ...], spread: float, memory: float
) -> np.ndarray:
    """Deviations with a standard deviation and a month-to-month correlation; months are the second axis."""
    found = np.zeros(shape)
    steps = random.normal(0, spread * np.sqrt(1 - memory**2), shape)
    found[:, 0] = random.normal(0, spread, found[:, 0].shape)
    for month in range(1, MONTHS):
        found[:, month] = memory * found[:, month - 1] + steps[:, month]
    return found


def joint_ratios(yearly: float, runs: int = RUNS, shock_memory: float = 0.0) -> np.ndarray:
    """Ratios of all wards together: 8 % noise in each ward (memory 0.5) and a 3 % shock shared by all."""
    random = np.random.default_rng(SEED)
    wards = np.exp(remembering(random, (runs, MONTHS, WARDS), WARD_NOISE, MEMORY)).mean(axis=2)
    shared = np.exp(remembering(random, (runs, MONTHS), COMMON_SHOCK, shock_memory))
    return 1.8 * wards * shared * np.exp(yearly * np.arange(MONTHS) / 12)


def share(yearly: float, state: Stability, shock_memory: float = 0.0) -> float:
    lines = joint_ratios(yearly, shock_memory=shock_memory).tolist()
    return [judge_stability(line).state for line in lines].count(state) / RUNS


@pytest.mark.parametrize("yearly", [0.05, -0.05])
@pytest.mark.parametrize("shock_memory", [0.0, 0.5])
def test_a_drift_of_five_percent_passes_as_stable_in_at_most_five_percent(yearly, shock_memory):
    assert share(yearly, Stability.STABLE, shock_memory) <= 0.05


def test_no_drift_is_called_stable_in_at_least_ninety_percent():
    assert share(0.0, Stability.STABLE) >= 0.90


def test_no_drift_is_hardly_ever_called_unstable_even_when_shocks_last():
    assert share(0.0, Stability.UNSTABLE, shock_memory=0.5) <= 0.01


@pytest.mark.parametrize("points", [0, 12, 35])
def test_short_data_are_never_a_green_light(points):
    for line in joint_ratios(0.0, runs=20).tolist():
        found = judge_stability_and_level(line[:points], 99.0)
        assert (found.state, found.reason) == (Stability.UNDETERMINED, Reason.TOO_SHORT)


def test_stably_expensive_is_not_stable():
    dear = judge_stability_and_level([2.5] * 36, 2.0)
    assert (dear.state, dear.reason, dear.level) == (Stability.UNSTABLE, Reason.ABOVE_LEVEL, 2.5)
    assert judge_stability_and_level([2.0] * 36, 2.0).state is Stability.STABLE
    nothing_agreed = judge_stability_and_level([2.0] * 36, None)
    assert (nothing_agreed.state, nothing_agreed.reason) == (Stability.UNDETERMINED, Reason.NO_LEVEL)


def test_the_level_saves_no_moving_ratio():
    line = [1.8 * 1.10 ** (month / 12) for month in range(36)]
    found = judge_stability_and_level(line, 99.0)
    assert (found.state, found.reason) == (Stability.UNSTABLE, Reason.OUTSIDE)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1.80, 1.85, 1.83], Confirmation.CONFIRMED),
        ([9.0, 1.80, 1.85, 1.83], Confirmation.CONFIRMED),
        ([1.80, 1.95, 1.96], Confirmation.NOT_CONFIRMED),
        ([1.80, 1.81, 1.70], Confirmation.NOT_CONFIRMED),
        ([1.80, 1.81], Confirmation.TOO_SHORT),
        ([1.80, None, 1.80], Confirmation.TOO_SHORT),
        ([], Confirmation.TOO_SHORT),
    ],
)
def test_audited_years_confirm_when_both_changes_are_small(values, expected):
    assert confirm_on_annual(values) is expected
