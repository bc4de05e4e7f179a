"""The ways in which the coming months of a usage series may be foreseen, all with one face.

Every candidate gives, for the origins asked for, the expected values and how wrong they may be: the error of
the h-th month is ``shared + Σ weights[j] · ε[h - j]`` with independent monthly errors ε of standard deviation
``sigma`` and one error common to all months of standard deviation ``shared``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yui.transition.costs.engine.exponential_smoothing import SEASON, Floats, smooth

Integers = NDArray[np.int64]

NAIVE, MEAN, SEASONAL_NAIVE = "naive", "mean", "seasonal_naive"
ETS, ETS_SEASONAL = "ets", "ets_seasonal"
NAIVES = frozenset({NAIVE, MEAN, SEASONAL_NAIVE})
LEAST_MONTHS = 6
LEAST_FOR_LAST_YEAR = SEASON + 3
LEAST_FOR_ETS = 24
LEAST_FOR_SEASONAL_ETS = 36


@dataclass(frozen=True)
class Prospect:
    """What a candidate foresees for each series: points, and the errors that it must reckon with.

    Rows are NaN where the candidate has nothing to say.
    """

    points: Floats
    sigma: Floats
    shared: Floats
    weights: Floats

    @property
    def spread(self) -> Floats:
        """The standard error of each month."""
        own = self.sigma[:, None] ** 2 * np.cumsum(self.weights**2, axis=1)
        return np.sqrt(own + self.shared[:, None] ** 2)


Candidate = Callable[[Integers, int], Prospect]
"""``(origins, horizon) -> Prospect``: an origin for each series, how many months ahead."""


def candidates(
    values: Floats, lengths: Integers, months: int, first_back: int, *, is_material: bool = True
) -> Mapping[str, Candidate]:
    """Return the candidates for series of ``months`` months or more (all rows of ``values`` alike).

    Args:
        values: series × months, left-aligned, without gaps.
        lengths: the months of each row.
        months: the length that every row reaches.
        first_back: how many months before the end the backtest starts.
        is_material: whether exponential smoothing, which takes its time, is worth trying.
    """
    found: dict[str, Candidate] = {}
    if months < LEAST_MONTHS:
        return found
    found[NAIVE] = _naive(values)
    if months < SEASON:
        found[MEAN] = _mean(values)
    if months >= LEAST_FOR_LAST_YEAR:
        found[SEASONAL_NAIVE] = _seasonal_naive(values)
    if is_material and months >= LEAST_FOR_ETS:
        found[ETS] = _smoothing(values, lengths, first_back, is_seasonal=False)
    if is_material and months >= LEAST_FOR_SEASONAL_ETS:
        found[ETS_SEASONAL] = _smoothing(values, lengths, first_back, is_seasonal=True)
    return found


def _naive(values: Floats) -> Candidate:
    """Expect the last value; errors add up from month to month."""
    steps = np.diff(values, axis=1)

    def foresee(origins: Integers, horizon: int) -> Prospect:
        last = values[np.arange(len(values)), origins - 1]
        sigma = _root_mean_square(steps, origins - 1)
        points = np.repeat(last[:, None], horizon, axis=1)
        return Prospect(points, sigma, np.zeros(len(values)), np.ones((len(values), horizon)))

    return foresee


def _mean(values: Floats) -> Candidate:
    """Expect the mean of all months; the mean itself may be wrong for all months alike."""

    def foresee(origins: Integers, horizon: int) -> Prospect:
        is_seen = np.arange(values.shape[1]) < origins[:, None]
        mean = (values * is_seen).sum(axis=1) / origins
        squares = ((values - mean[:, None]) ** 2 * is_seen).sum(axis=1)
        sigma = np.sqrt(squares / np.maximum(origins - 1, 1))
        points = np.repeat(mean[:, None], horizon, axis=1)
        return Prospect(points, sigma, sigma / np.sqrt(origins), _once(len(values), horizon))

    return foresee


def _seasonal_naive(values: Floats) -> Candidate:
    """Expect the same month of the year before; growth since then is wrong for all months alike."""
    changes = values[:, SEASON:] - values[:, :-SEASON]

    def foresee(origins: Integers, horizon: int) -> Prospect:
        rows = np.arange(len(values))[:, None]
        points = values[rows, origins[:, None] - SEASON + np.arange(horizon) % SEASON]
        seen = np.maximum(origins - SEASON, 0)
        counted = np.arange(changes.shape[1]) < seen[:, None]
        growth = (changes * counted).sum(axis=1) / np.maximum(seen, 1)
        squares = ((changes - growth[:, None]) ** 2 * counted).sum(axis=1)
        sigma = np.sqrt(squares / np.maximum(seen - 1, 1))
        # Before two years have passed nothing is known of yearly changes: the months' own spread stands in.
        unknown = seen < 2
        sigma[unknown] = _root_mean_square(np.diff(values, axis=1), origins - 1)[unknown]
        weights = np.repeat((np.arange(horizon) % SEASON == 0)[None, :].astype(float), len(values), axis=0)
        return Prospect(points, sigma, np.abs(growth), weights)

    return foresee


def _smoothing(values: Floats, lengths: Integers, first_back: int, *, is_seasonal: bool) -> Candidate:
    """Expect what exponential smoothing with a damped trend says."""
    fits = [
        smooth(row[:length], length - first_back, is_seasonal=is_seasonal)
        for row, length in zip(values, lengths.tolist(), strict=True)
    ]

    def foresee(origins: Integers, horizon: int) -> Prospect:
        points, weights = np.full((2, len(fits), horizon), np.nan)
        sigma = np.full(len(fits), np.nan)
        for place, (fit, origin) in enumerate(zip(fits, origins.tolist(), strict=True)):
            if fit is not None:
                points[place], sigma[place], weights[place] = fit.ahead(origin, horizon)
        return Prospect(points, sigma, np.zeros(len(fits)), weights)

    return foresee


def _root_mean_square(changes: Floats, counts: Integers) -> Floats:
    """Return the root mean square of the first ``counts`` changes of each row."""
    counted = np.arange(changes.shape[1]) < counts[:, None]
    found: Floats = np.sqrt((changes**2 * counted).sum(axis=1) / np.maximum(counts, 1))
    return found


def _once(count: int, horizon: int) -> Floats:
    """Return weights of errors that stay within their own month."""
    weights = np.zeros((count, horizon))
    weights[:, 0] = 1.0
    return weights
