"""460 monthly series to the end of the year ahead: method by backtest, beside last year's same month."""

import numpy as np

from benchmarks.processes import environment, home, inside
from benchmarks.results import Figure

SERIES, KNOWN, AHEAD, SEED = 460, 36, 12, 20260401


def made_up(count: int) -> np.ndarray:
    """Return series of 48 months with growth, season and noise of their own, a third of them with a step."""
    rng = np.random.default_rng(SEED)
    months = np.arange(KNOWN + AHEAD)
    rows = []
    for _ in range(count):
        growth, season, noise = rng.normal(0.003, 0.008), rng.uniform(0, 0.2), rng.uniform(0.01, 0.06)
        values = rng.lognormal(8, 1) * (1 + growth * months)
        values = values * (1 + season * np.sin(2 * np.pi * (months + rng.integers(12)) / 12))
        if rng.random() < 1 / 3:
            values[rng.integers(6, KNOWN) :] *= rng.uniform(0.6, 1.6)
        rows.append(np.maximum(values * (1 + noise * rng.normal(size=len(months))), 0))
    return np.array(rows)


def scores(points: np.ndarray, spread: np.ndarray | None, table: np.ndarray) -> dict[str, float]:
    """Return WAPE, mean MASE and the coverage of both intervals on the months that were held back."""
    known, future = table[:, :KNOWN], table[:, KNOWN:]
    errors = np.abs(future - points)
    scale = np.abs(known[:, 12:] - known[:, :-12]).mean(axis=1)
    found = {
        "wape": float(errors.sum() / future.sum()),
        "mase": float((errors.mean(axis=1) / scale).mean()),
        "wape_of_totals": float(np.abs(future.sum(axis=1) - points.sum(axis=1)).sum() / future.sum()),
    }
    if spread is not None:
        found["coverage_80"] = float((errors <= 1.2816 * spread).mean())
        found["coverage_95"] = float((errors <= 1.9600 * spread).mean())
    return found


def measure(scale: float) -> list[Figure]:
    """Forecast all series in a process of its own; the months ahead are never shown to it."""
    count = max(20, int(SERIES * scale))
    with home() as folder:
        found = inside("cost_forecast", environment(folder), count)
    ours, naive = found["ours"], found["seasonal_naive"]
    beside, without = "seasonal naive", "naive methods alone"
    return [
        Figure(
            f"forecast {count} series with backtest, wall",
            found["seconds"],
            "s",
            found["naive_seconds"],
            without,
            detail=found,
        ),
        Figure("one series, CPU", found["cpu"] / count * 1000, "ms"),
        Figure("WAPE of the months ahead", ours["wape"] * 100, "%", naive["wape"] * 100, beside),
        Figure(
            "WAPE of the year's totals",
            ours["wape_of_totals"] * 100,
            "%",
            naive["wape_of_totals"] * 100,
            beside,
        ),
        Figure("MASE of the months ahead", ours["mase"], "times", naive["mase"], beside),
        Figure("months within the 80% range", ours["coverage_80"] * 100, "%"),
        Figure("months within the 95% range", ours["coverage_95"] * 100, "%"),
    ]
