"""Forecasts made-up series with and without exponential smoothing, scored on the months held back."""

import time
from collections import Counter
from typing import Any

import numpy as np

from benchmarks.cost_forecast import AHEAD, KNOWN, made_up, scores
from yui.transition.costs.engine.usage_forecast import UsageForecast, forecast_usage


def main(count: str) -> dict[str, Any]:
    """Return times, scores and which method was chosen how often."""
    table = made_up(int(count))
    known = table[:, :KNOWN]
    rows, horizons = known.tolist(), [AHEAD] * len(table)
    # The first series loads statsmodels.
    forecast_usage(rows[:1], horizons[:1])
    start, cpu = time.perf_counter(), time.process_time()
    found = forecast_usage(rows, horizons)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    start = time.perf_counter()
    simple = forecast_usage(rows, horizons, [False] * len(rows))
    return {
        "seconds": seconds,
        "cpu": cpu,
        "naive_seconds": time.perf_counter() - start,
        "ours": scores(*_shape(found), table),
        "naive_methods": scores(*_shape(simple), table),
        "seasonal_naive": scores(known[:, -AHEAD:], None, table),
        "methods": Counter(each.method for each in found),
        "backtest_wape": float(np.mean([each.backtest.wape for each in found if each.backtest])),
    }


def _shape(found: list[UsageForecast]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([each.points for each in found]), np.array([each.spread for each in found])
