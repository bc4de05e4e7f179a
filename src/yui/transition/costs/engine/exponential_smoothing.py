"""Exponential smoothing of one series by statsmodels, with a backtest that never saw its own future.

The models are ETS(A,Ad,N) and ETS(A,Ad,A) of Hyndman, Koehler, Ord and Snyder, *Forecasting with
Exponential Smoothing* (2008): additive errors, a damped trend, and a season of twelve months or none.
``ETSModel`` estimates, filters, foresees and gives the analytic variances. Parameters are estimated twice:
on the months before the first origin of the backtest, to be rolled over the later origins as they are, and
on all months, starting from those. The first states come from statsmodels' heuristic: estimating these as
well takes three times as long, for errors of the same size.
"""

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

Floats = NDArray[np.float64]

SEASON = 12


@dataclass(frozen=True)
class Smoothing:
    """One series under one model.

    Attributes:
        scale: what the amounts were divided by before the model saw them.
        rolled: statsmodels' results over all months, with parameters and first states of the early ones.
        whole: statsmodels' results with parameters estimated on all months.
    """

    scale: float
    rolled: Any
    whole: Any

    def ahead(self, origin: int, horizon: int) -> tuple[Floats, float, Floats]:
        """Return what was expected after ``origin`` months, and how wrong that may be.

        Returns:
            The expected amounts of the next ``horizon`` months; the standard error of one month; and how an
            error moves the amount of its own month and of each month after it. These weights are never
            negative in these models, so they follow from how the analytic variance grows.
        """
        results = self.whole if origin == self.whole.nobs else self.rolled
        found = results.get_prediction(start=origin, end=origin + horizon - 1, dynamic=True)
        relative = np.asarray(found.forecast_variance) / results.mse
        weights = np.sqrt(np.maximum(np.diff(relative, prepend=0.0), 0.0))
        # The mean squared error as statsmodels takes it, over the months that were known at the origin.
        sigma = float(np.sqrt(np.mean(np.asarray(results.resid)[:origin] ** 2)))
        return np.asarray(found.predicted_mean) * self.scale, sigma * self.scale, weights


def smooth(values: Floats, first_origin: int, *, is_seasonal: bool) -> Smoothing | None:
    """Fit the model to a series; ``None`` where its early months are all alike or nothing finite is found.

    Args:
        values: one amount a month, none missing.
        first_origin: how many months the first origin of the backtest knows: 10 at least, 24 with a season.
    """
    # Imported here because it takes more than a second, and most commands and pages never look ahead.
    from statsmodels.tools.sm_exceptions import ConvergenceWarning

    early = values[:first_origin]
    if not np.ptp(early):
        return None
    scale = float(np.abs(early).mean())
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        # A fit that stopped early is judged by the backtest like any other. A series without errors has a
        # likelihood without bound: what comes of it is not finite and is left out below.
        warnings.simplefilter("ignore", ConvergenceWarning)
        try:
            fitted = _fitted(values / scale, first_origin, is_seasonal=is_seasonal)
        except np.linalg.LinAlgError:
            return None
        found = Smoothing(scale, *fitted)
        told = [found.ahead(origin, SEASON) for origin in (first_origin, len(values))]
    is_finite = all(np.isfinite([*points, sigma, *weights]).all() for points, sigma, weights in told)
    return found if is_finite else None


def _fitted(values: Floats, first_origin: int, *, is_seasonal: bool) -> tuple[Any, Any]:
    """Return statsmodels' results by the early months' parameters, and by those of all months."""
    early = _model(values[:first_origin], is_seasonal=is_seasonal)
    parameters = early.fit(disp=False, return_params=True)
    known = {"initial_level": early.initial_level, "initial_trend": early.initial_trend}
    if is_seasonal:
        known["initial_seasonal"] = early.initial_seasonal
    rolled = _model(values, is_seasonal=is_seasonal, initialization_method="known", **known)
    whole = _model(values, is_seasonal=is_seasonal)
    return rolled.smooth(parameters), whole.fit(start_params=parameters, disp=False)


def _model(
    values: Floats, *, is_seasonal: bool, initialization_method: str = "heuristic", **known: Any
) -> "ETSModel":
    # Imported here for the same reason as above.
    from pandas import Series
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    return ETSModel(
        Series(values),
        error="add",
        trend="add",
        damped_trend=True,
        seasonal="add" if is_seasonal else None,
        seasonal_periods=SEASON if is_seasonal else None,
        initialization_method=initialization_method,
        **known,
    )
