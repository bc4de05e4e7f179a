"""Forecast series as JSON objects: how a run is kept, and what ``yui costs forecast --json`` prints."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from yui.transition.costs.engine.forecast import SeriesForecast, SeriesKey
from yui.transition.costs.engine.usage_forecast import Backtest

PLACES = 6


def as_json(forecast: SeriesForecast) -> dict[str, Any]:
    """Return one series as plain values: amounts as exact texts, months as numbers in text."""
    return {
        **asdict(forecast.key),
        "method": forecast.method,
        "points": {str(month): str(amount) for month, amount in forecast.points.items()},
        "spread": _rounded(forecast.spread),
        "total_spread": round(forecast.total_spread, PLACES),
        "backtest": None if forecast.backtest is None else asdict(forecast.backtest),
        "rivals": dict(forecast.rivals),
        "months": forecast.months,
        "filled": forecast.filled,
        "recent": str(forecast.recent),
        "is_assumed": forecast.is_assumed,
        "errors": _rounded(forecast.errors),
    }


def from_json(found: Mapping[str, Any]) -> SeriesForecast:
    """Return the series that ``as_json`` wrote, less the single misses of its backtest.

    Raises:
        KeyError, TypeError: for anything else.
    """
    backtest = found["backtest"]
    return SeriesForecast(
        SeriesKey(
            **{name: found[name] for name in ("system", "category", "provider", "currency", "contract")}
        ),
        found["method"],
        {int(month): Decimal(amount) for month, amount in found["points"].items()},
        {int(month): spread for month, spread in found["spread"].items()},
        found["total_spread"],
        None if backtest is None else Backtest(**backtest),
        found["rivals"],
        found["months"],
        found["filled"],
        Decimal(found["recent"]),
        found["is_assumed"],
        {int(month): error for month, error in found["errors"].items()},
    )


def _rounded(values: Mapping[int, float]) -> dict[str, float]:
    return {str(month): round(value, PLACES) for month, value in values.items()}
