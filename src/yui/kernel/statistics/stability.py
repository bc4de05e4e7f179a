"""Whether a monthly ratio has become stable: equivalence of its yearly drift to zero.

Two one-sided tests at 5 % on the slope of the logarithm of 36 monthly points, margin ±3 % a year, with
Newey-West (Bartlett) variance and fixed-b critical values (Kiefer & Vogelsang 2005, Econometric Theory 21,
table 1: Bartlett kernel, 95 %), because normal quantiles would be too liberal with so few points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import ceil, sqrt

import numpy as np

RULE_VERSION = "D'-2"
"""Changes whenever a verdict could change for the same figures."""
POINTS_NEEDED = 36
YEARLY_MARGIN = 0.03
LEVEL_POINTS = 12
ANNUAL_POINTS_NEEDED = 3
ANNUAL_MARGIN = 0.05


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


class Reason(StrEnum):
    """Why a verdict is what it is."""

    WITHIN = "within"
    OUTSIDE = "outside"
    STRADDLES = "straddles"
    TOO_SHORT = "too_short"
    ABOVE_LEVEL = "above_level"
    NO_LEVEL = "no_level"


@dataclass(frozen=True)
class GatedVerdict:
    """A verdict on trend and level together.

    ``level`` is the mean of the last twelve points, ``agreed`` the level that it must not exceed; both in the
    unit of the points, ``None`` where they are not known.
    """

    state: Stability
    reason: Reason
    trend: StabilityVerdict
    level: float | None
    agreed: float | None


class Confirmation(StrEnum):
    """What audited annual figures say about a monthly verdict."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    TOO_SHORT = "too_short"


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


def judge_stability_and_level(
    values: Sequence[float | None], agreed: float | None, *, needs_level: bool = True
) -> GatedVerdict:
    """Judge a ratio that must become stable at a level not above ``agreed``.

    A steady ratio above the agreed level is unstable in this sense ("stably expensive" is no success); a
    steady ratio without any agreed level is undetermined, unless the level is not asked for at all.
    """
    trend = judge_stability(values)
    last = [value for value in values[-LEVEL_POINTS:] if value is not None]
    level = sum(last) / LEVEL_POINTS if len(last) == LEVEL_POINTS else None
    if trend.yearly_drift is None:
        return GatedVerdict(trend.state, Reason.TOO_SHORT, trend, level, agreed)
    if trend.state is not Stability.STABLE:
        is_outside = trend.state is Stability.UNSTABLE
        return GatedVerdict(
            trend.state, Reason.OUTSIDE if is_outside else Reason.STRADDLES, trend, level, agreed
        )
    if not needs_level:
        return GatedVerdict(trend.state, Reason.WITHIN, trend, level, None)
    if agreed is None or level is None:
        return GatedVerdict(Stability.UNDETERMINED, Reason.NO_LEVEL, trend, level, agreed)
    if level > agreed:
        return GatedVerdict(Stability.UNSTABLE, Reason.ABOVE_LEVEL, trend, level, agreed)
    return GatedVerdict(Stability.STABLE, Reason.WITHIN, trend, level, agreed)


def confirm_on_annual(values: Sequence[float | None]) -> Confirmation:
    """Tell whether each of the last two yearly changes of audited annual figures is within ±5 %."""
    recent = list(values[-ANNUAL_POINTS_NEEDED:])
    known = [value for value in recent if value is not None and value > 0]
    if len(known) < ANNUAL_POINTS_NEEDED:
        return Confirmation.TOO_SHORT
    changes = [later / earlier - 1 for earlier, later in pairwise(known)]
    held = all(abs(change) <= ANNUAL_MARGIN for change in changes)
    return Confirmation.CONFIRMED if held else Confirmation.NOT_CONFIRMED
