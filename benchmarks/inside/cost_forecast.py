"""Forecasts made-up series three ways and scores them on the months held back."""

import time
from collections import Counter
from typing import Any

import numpy as np
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from benchmarks.cost_forecast import AHEAD, KNOWN, SLOW_PART, made_up, scores
from yui.transition.costs.engine.usage_forecast import forecast_usage


def main(count: str) -> dict[str, Any]:
    """Return times, scores and which method was chosen how often."""
    table = made_up(int(count))
    known = table[:, :KNOWN]
    rows = known.tolist()
    forecast_usage(rows[:5], [AHEAD] * 5)
    start = time.perf_counter()
    found = forecast_usage(rows, [AHEAD] * len(rows))
    seconds = time.perf_counter() - start
    points, spread = (np.array([getattr(each, name) for each in found]) for name in ("points", "spread"))
    start = time.perf_counter()
    naive = known[:, -12:]
    naive_seconds = time.perf_counter() - start
    start = time.perf_counter()
    fitted = np.array(
        [
            ETSModel(row, error="add", trend="add", damped_trend=True).fit(disp=False).forecast(AHEAD)
            for row in known[:SLOW_PART]
        ]
    )
    return {
        "seconds": seconds,
        "naive_seconds": naive_seconds,
        "statsmodels_seconds": time.perf_counter() - start,
        "ours": scores(points, spread, table),
        "seasonal_naive": scores(naive, None, table),
        "statsmodels_first": scores(fitted, None, table[:SLOW_PART]),
        "ours_first": scores(points[:SLOW_PART], None, table[:SLOW_PART]),
        "methods": Counter(each.method for each in found),
        "backtest_wape": float(np.mean([each.backtest.wape for each in found if each.backtest])),
    }
