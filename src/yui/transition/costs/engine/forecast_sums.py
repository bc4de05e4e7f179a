"""Adding up forecasts whose errors go together in part.

Errors of different series are neither independent nor the same. Their mean correlation ρ is measured on the
backtest, and a sum has the variance ``(1 - ρ) Σ s² + ρ (Σ s)²``: ρ = 0 is independence, ρ = 1 is that all err
alike. It is taken between 0 and 1. Intervals are normal.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

from yui.transition.costs.engine.usage_forecast import Z80, Z95


def correlation(errors: Sequence[Mapping[int, float]]) -> float:
    """Return the mean correlation of standardised errors by month, from 0 to 1; 0 when nothing overlaps."""
    products = squares = 0.0
    for month in {month for each in errors for month in each}:
        found = [each[month] for each in errors if month in each]
        if len(found) < 2:
            continue
        of_squares = sum(value * value for value in found)
        products += (sum(found) ** 2 - of_squares) / (len(found) - 1)
        squares += of_squares
    return min(1.0, max(0.0, products / squares)) if squares else 0.0


def spread_of_sum(spreads: Iterable[float], rho: float) -> float:
    """Return the standard error of a sum from those of its parts."""
    found = list(spreads)
    return sqrt((1 - rho) * sum(each * each for each in found) + rho * sum(found) ** 2)


def interval(point: float, spread: float, level: int) -> tuple[float, float]:
    """Return the interval that holds the value with 80 or 95 per cent probability.

    Raises:
        KeyError: for another level.
    """
    width = {80: Z80, 95: Z95}[level] * spread
    return point - width, point + width


def total_error(
    misses: Sequence[Mapping[int, Mapping[int, float]]], actual: Sequence[Mapping[int, float]]
) -> float | None:
    """Return the WAPE of the sums of series, all in one currency; ``None`` where nothing was tried.

    Args:
        misses: for each series the backtest's errors by origin and month.
        actual: for each series the amounts by month.
    """
    wrong = right = 0.0
    for origin in {origin for each in misses for origin in each}:
        tried = [
            (each[origin], amounts) for each, amounts in zip(misses, actual, strict=True) if origin in each
        ]
        for month in {month for each, _amounts in tried for month in each}:
            wrong += abs(sum(each.get(month, 0.0) for each, _amounts in tried))
            right += abs(sum(amounts.get(month, 0.0) for each, amounts in tried if month in each))
    return wrong / right if right else None
