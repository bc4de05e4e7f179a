"""The rule of the KGI under 10,000 drawings of the joint ratio: how often it errs, and how fast it judges."""

import time

import numpy as np

from benchmarks.results import Figure
from yui.kernel.statistics.stability import POINTS_NEEDED, Stability, judge_stability

SEED, RUNS, WARDS = 20260401, 10_000, 23
WARD_NOISE, WARD_MEMORY, COMMON_SHOCK = 0.08, 0.5, 0.03
DRIFTS = (0.0, 0.025, 0.03, 0.05, 0.08)


def measure(scale: float) -> list[Figure]:
    """Return the shares of 安定 at no drift and at 5 % a year, for passing and for lasting shocks."""
    runs = max(200, round(RUNS * scale))
    passing = {drift: _share(drift, runs, 0.0) for drift in DRIFTS}
    lasting = {drift: _share(drift, runs, WARD_MEMORY) for drift in DRIFTS}
    begun = time.perf_counter()
    lines = _lines(0.0, 200, 0.0)
    for line in lines:
        judge_stability(line)
    each = (time.perf_counter() - begun) * 1000 / len(lines)
    detail = {"runs": runs, "passing": passing, "lasting": lasting}
    return [
        Figure("called stable at 5 % drift", passing[0.05] * 100, "%", target=5.0, detail=detail),
        Figure("called stable at 5 % drift, shocks that last", lasting[0.05] * 100, "%", target=5.0),
        Figure("called stable at no drift", passing[0.0] * 100, "%", target=90.0, at_least=True),
        Figure("called stable at no drift, shocks that last", lasting[0.0] * 100, "%"),
        Figure("one verdict", each, "ms"),
    ]


def _share(drift: float, runs: int, shock_memory: float) -> float:
    states = [judge_stability(line).state for line in _lines(drift, runs, shock_memory)]
    return states.count(Stability.STABLE) / runs


def _lines(drift: float, runs: int, shock_memory: float) -> list[list[float]]:
    """Return ratios of all wards: noise of each ward with memory, a shock of all, and a drift a year."""
    random = np.random.default_rng(SEED)
    wards = np.exp(_remembering(random, (runs, POINTS_NEEDED, WARDS), WARD_NOISE, WARD_MEMORY)).mean(axis=2)
    shared = np.exp(_remembering(random, (runs, POINTS_NEEDED), COMMON_SHOCK, shock_memory))
    growth = np.exp(drift * np.arange(POINTS_NEEDED) / 12)
    return (1.8 * wards * shared * growth).tolist()


def _remembering(
    random: np.random.Generator, shape: tuple[int, ...], spread: float, memory: float
) -> np.ndarray:
    found = np.zeros(shape)
    steps = random.normal(0, spread * np.sqrt(1 - memory**2), shape)
    found[:, 0] = random.normal(0, spread, found[:, 0].shape)
    for month in range(1, shape[1]):
        found[:, month] = memory * found[:, month - 1] + steps[:, month]
    return found
