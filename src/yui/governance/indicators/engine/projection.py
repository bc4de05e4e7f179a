"""When a trend reaches its target: least squares on monthly points, with an interval.

The interval is Fieller's: the months at which the 90 % confidence band of the fitted line contains the
target. Where the slope is not clearly towards the target, the late end is open. (Draper & Smith, Applied
Regression Analysis, 3rd ed., section 3.2, inverse regression.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MINIMUM_POINTS = 6
FITTED_MONTHS = 24
"""Projections look at the last two years: what lies further back says little about the pace of today."""
HORIZON_MONTHS = 120
# Quantiles 0.95 of Student's t for 1 to 30 degrees of freedom (a 90 % two-sided interval).
_T95 = (
    6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753,
    1.746, 1.740, 1.734, 1.729, 1.725, 1.721, 1.717, 1.714, 1.711, 1.708, 1.706, 1.703, 1.701, 1.699, 1.697,
)  # fmt: skip


@dataclass(frozen=True)
class Projection:
    """Months from the last point until the target is reached; ``None`` where the end is open."""

    expected: int | None
    earliest: int | None
    latest: int | None
    slope_per_month: float
    points: int


@dataclass(frozen=True)
class Line:
    """A line fitted to monthly points, and what its band needs."""

    intercept: float
    slope: float
    residual_variance: float
    mean_x: float
    spread_x: float
    points: int

    def band(self, x: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        """Return the low end, the line and the high end of its 90 % confidence band at each of ``x``."""
        centre = self.intercept + self.slope * x
        spread = self.residual_variance * (1 / self.points + (x - self.mean_x) ** 2 / self.spread_x)
        half = t95(self.points - 2) * np.sqrt(spread)
        return centre - half, centre, centre + half


def t95(degrees: int) -> float:
    """Return the 0.95 quantile of Student's t (table to 30 degrees, then Cornish-Fisher)."""
    if degrees < 1:
        raise ValueError("at least one degree of freedom")
    if degrees <= len(_T95):
        return _T95[degrees - 1]
    z = 1.6448536
    return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)


def fit(values: Sequence[float | None]) -> Line | None:
    """Fit a line to monthly values (``None`` for a month without data); ``None`` with too few points."""
    known = [(index, value) for index, value in enumerate(values) if value is not None]
    if len(known) < MINIMUM_POINTS:
        return None
    x = np.array([index for index, _value in known], dtype=float)
    y = np.array([value for _index, value in known], dtype=float)
    mean_x, mean_y = float(x.mean()), float(y.mean())
    spread = float(((x - mean_x) ** 2).sum())
    slope = float(((x - mean_x) * (y - mean_y)).sum() / spread)
    intercept = mean_y - slope * mean_x
    residuals = y - intercept - slope * x
    variance = float((residuals**2).sum() / (len(known) - 2))
    return Line(intercept, slope, variance, mean_x, spread, len(known))


def project(values: Sequence[float | None], target: float) -> Projection | None:
    """Return when the trend of ``values`` reaches ``target``, in months after the last value.

    ``None`` with fewer than six points. All three ends are ``None`` when the trend leads away from the
    target, and the later ones when they lie more than ten years ahead.
    """
    line = fit(values)
    if line is None:
        return None
    latest_value = next(value for value in reversed(values) if value is not None)
    if latest_value == target:
        return Projection(0, 0, 0, line.slope, line.points)
    rising = target > latest_value
    if line.slope == 0 or rising != (line.slope > 0):
        return Projection(None, None, None, line.slope, line.points)
    low, centre, high = line.band(len(values) - 1 + np.arange(HORIZON_MONTHS + 1, dtype=float))
    optimistic, pessimistic = (high, low) if rising else (low, high)
    expected, earliest, latest = (
        _first_beyond(path, target, rising) for path in (centre, optimistic, pessimistic)
    )
    return Projection(expected, earliest, latest, line.slope, line.points)


def _first_beyond(path: NDArray[np.float64], target: float, rising: bool) -> int | None:
    """Return the first month at which ``path`` has reached ``target``; figures are stored to six places."""
    tolerance = 1e-6 * max(1.0, abs(target))
    reached = path >= target - tolerance if rising else path <= target + tolerance
    return int(reached.argmax()) if reached.any() else None


def forecast(values: Sequence[float | None], months: int) -> list[tuple[float, float, float]]:
    """Return (low, expected, high) for each of the next ``months``; empty with too few points."""
    line = fit(values)
    if line is None:
        return []
    low, centre, high = line.band(len(values) - 1 + np.arange(1, months + 1, dtype=float))
    return list(zip(low.tolist(), centre.tolist(), high.tolist(), strict=True))
