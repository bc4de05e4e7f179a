"""Whether a monthly ratio has become stable: equivalence of its yearly drift to zero.

Two one-sided tests at 5 % on the slope of the logarithm of 36 monthly points, margin ±3 % a year, with
Newey-West (Bartlett) variance and fixed-b critical values (Kiefer & Vogelsang 2005, Econometric Theory 21,
table 1: Bartlett kernel, 95 %), because normal quantiles would be too liberal with so few points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt

import numpy as np

POINTS_NEEDED = 36
YEARLY_MARGIN = 0.03


class Stability(StrEnum):
    """The verdict."""

    STABLE = "stable"
    UNSTABLE = "unstable"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True)
class StabilityVerdict:
    """The verdict and what it rests on: number of points, yearly drift and its 90 % interval as fractions."""

    state: Stability
    points: int
    yearly_drift: float | None = None
    low: float | None = None
    high: float | None = None


def fixed_b_critical_value(b: float) -> float:
    """Return the 95 % critical value of the t statistic for bandwidth fraction ``b`` (Bartlett kernel)."""
    return 1.6449 + 2.1859 * b + 0.3142 * b**2 - 0.3427 * b**3


def judge_stability(values: Sequence[float | None]) -> StabilityVerdict:
    """Judge the last 36 monthly ratios; undetermined when one is missing or not above zero."""
    recent = list(values[-POINTS_NEEDED:])
    known = [value for value in recent if value is not None and value > 0]
    if len(known) < POINTS_NEEDED:
        return StabilityVerdict(Stability.UNDETERMINED, len(known))
    y = np.log(np.array(known, dtype=float))
    n = len(y)
    x = np.arange(n, dtype=float) - (n - 1) / 2
    spread = float((x**2).sum())
    slope = float((x * y).sum() / spread)
    scores = x * (y - y.mean() - slope * x)
    bandwidth = ceil(4 * (n / 100) ** (2 / 9)) + 1
    long_run = float((scores**2).sum())
    for lag in range(1, bandwidth):
        long_run += 2 * (1 - lag / bandwidth) * float((scores[lag:] * scores[:-lag]).sum())
    error = 12 * sqrt(max(long_run, 0.0)) / spread
    drift = 12 * slope
    half = fixed_b_critical_value(bandwidth / n) * error
    low, high = drift - half, drift + half
    if low > -YEARLY_MARGIN and high < YEARLY_MARGIN:
        state = Stability.STABLE
    elif low > YEARLY_MARGIN or high < -YEARLY_MARGIN:
        state = Stability.UNSTABLE
    else:
        state = Stability.UNDETERMINED
    return StabilityVerdict(state, n, drift, low, high)
