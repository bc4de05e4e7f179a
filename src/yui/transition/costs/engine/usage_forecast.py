"""Usage: every candidate is tried on the series' own past, and the one that erred least is published.

Rolling origin: from each of the last twelve months (fewer for short series) a candidate foresees the months
after it with what was known then. MASE is the mean absolute error over the mean absolute change of the series
from the same month of the year before (from the month before, below two years); WAPE the sum of absolute
errors over the sum of absolute amounts. Exponential smoothing is published only where its MASE is lower than
that of every naive candidate. Where the backtest erred by more than its own intervals said, they are widened.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from yui.transition.costs.engine.candidates import (
    LEAST_FOR_ETS,
    LEAST_FOR_LAST_YEAR,
    LEAST_FOR_SEASONAL_ETS,
    LEAST_MONTHS,
    Candidate,
    Prospect,
    candidates,
)
from yui.transition.costs.engine.exponential_smoothing import SEASON, Floats

SHORT, ENDED = "short", "ended"
Z80, Z95 = 1.2815515655446004, 1.959963984540054
WIDEST = 3.0
SILENT_MONTHS = 3
LONGEST_GAP = 2
"""Months without a bill in a row that are filled in; what lies before a longer gap says nothing of today."""
CLASSES = (LEAST_MONTHS, 9, SEASON, LEAST_FOR_LAST_YEAR, 18, 21, LEAST_FOR_ETS, LEAST_FOR_SEASONAL_ETS)


@dataclass(frozen=True)
class Backtest:
    """How a candidate did on the past.

    Attributes:
        mase: ``None`` where the series never changed.
        wape: ``None`` where all amounts were zero.
        coverage_80, coverage_95: the share of months within the intervals.
        tried: months foreseen.
    """

    mase: float | None
    wape: float | None
    coverage_80: float
    coverage_95: float
    tried: int


@dataclass(frozen=True)
class UsageForecast:
    """What is published for one series.

    Attributes:
        method: a candidate's name, ``ended`` or ``short``.
        points, spread: expected amounts and their standard errors, month by month; empty when short.
        total_spread: the standard error of the sum of all months.
        backtest: of the published method; ``None`` where nothing could be tried.
        rivals: the MASE of every candidate.
        errors: one-month errors over their standard errors, the newest last.
        misses: for each origin (months before the end) the errors of the months after it.
        months, filled: months known, and how many of them were filled in between their neighbours.
    """

    method: str
    points: tuple[float, ...] = ()
    spread: tuple[float, ...] = ()
    total_spread: float = 0.0
    backtest: Backtest | None = None
    rivals: Mapping[str, float | None] | None = None
    errors: tuple[float, ...] = ()
    misses: Mapping[int, tuple[float, ...]] | None = None
    months: int = 0
    filled: int = 0


@dataclass(frozen=True)
class _Trial:
    """The backtest of one candidate over many series: errors[origin][series, month] and what they rest on."""

    errors: dict[int, Floats]
    spreads: dict[int, Floats]
    actual: dict[int, Floats]

    def has_answers(self, place: int) -> bool:
        """Tell whether the candidate had something to say about a series at every origin."""
        return all(np.isfinite(found[place]).all() for found in self.errors.values())


def forecast_usage(
    series: Sequence[Sequence[float | None]],
    horizons: Sequence[int],
    are_material: Sequence[bool] | None = None,
) -> list[UsageForecast]:
    """Foresee each series by its own horizon.

    Args:
        series: amounts by month; ``None`` is a month whose bill is missing.
        horizons: for each series, how many months ahead.
        are_material: for each series, whether exponential smoothing is tried; all, unless told.
    """
    found: list[UsageForecast | None] = [None] * len(series)
    groups: dict[tuple[int, int, bool], list[int]] = defaultdict(list)
    filled = [_filled(each) for each in series]
    for place, (values, gaps) in enumerate(filled):
        known = len(values)
        if known < LEAST_MONTHS:
            found[place] = UsageForecast(SHORT, months=known, filled=gaps)
        elif not np.any(values[-SILENT_MONTHS:]):
            zeros = (0.0,) * horizons[place]
            found[place] = UsageForecast(ENDED, zeros, zeros, months=known, filled=gaps)
        else:
            reached = max(limit for limit in CLASSES if limit <= known)
            is_material = are_material is None or are_material[place]
            groups[(reached, horizons[place], is_material)].append(place)
    for (reached, horizon, is_material), places in groups.items():
        done = _forecast_alike([filled[place] for place in places], reached, horizon, is_material=is_material)
        for place, forecast in zip(places, done, strict=True):
            found[place] = forecast
    return [each for each in found if each is not None]


def _filled(series: Sequence[float | None]) -> tuple[Floats, int]:
    """Return the series since its last long gap, with missing months filled on a straight line; and how many.

    A line across many months would be a past that nobody billed, and any method foresees a line well.
    """
    values = np.array([np.nan if value is None else float(value) for value in series])
    known = np.flatnonzero(~np.isnan(values))
    if not len(known):
        return np.array([]), 0
    after_long_gaps = known[1:][np.diff(known) > LONGEST_GAP + 1]
    first = after_long_gaps[-1] if len(after_long_gaps) else known[0]
    values = values[first : known[-1] + 1]
    gaps = np.isnan(values)
    places = np.arange(len(values))
    return np.interp(places, places[~gaps], values[~gaps]), int(gaps.sum())


def _forecast_alike(
    rows: Sequence[tuple[Floats, int]], reached: int, horizon: int, *, is_material: bool
) -> list[UsageForecast]:
    """Foresee series that the same candidates serve."""
    lengths = np.array([len(values) for values, _gaps in rows])
    table = np.zeros((len(rows), lengths.max()))
    for place, (values, _gaps) in enumerate(rows):
        table[place, : len(values)] = values
    origins = _origins(reached)
    offered = candidates(table, lengths, reached, origins[0], is_material=is_material)
    trials = {name: _tried(candidate, table, lengths, origins) for name, candidate in offered.items()}
    now = {name: candidate(lengths, horizon) for name, candidate in offered.items()} if horizon else {}
    results = []
    for place, (values, gaps) in enumerate(rows):
        scores = {
            name: _scored(trial, place, values) for name, trial in trials.items() if trial.has_answers(place)
        }
        chosen = min(scores, key=lambda name: _rank(scores[name]))
        errors, widened = _standardised(trials[chosen], place)
        shape = _published(now[chosen], place, widened, values) if now else ((), (), 0.0)
        results.append(
            UsageForecast(
                chosen,
                *shape,
                scores[chosen],
                {name: score.mase for name, score in scores.items()},
                errors,
                {back: tuple(found[place].tolist()) for back, found in trials[chosen].errors.items()},
                len(values),
                gaps,
            )
        )
    return results


def _origins(reached: int) -> range:
    """Return how many months before the end the backtest starts: what every candidate can begin from."""
    least = SEASON if reached >= LEAST_FOR_LAST_YEAR else 3
    return range(min(SEASON, reached - least), 0, -1)


def _tried(candidate: Candidate, table: Floats, lengths: np.ndarray, origins: range) -> _Trial:
    trial = _Trial({}, {}, {})
    rows = np.arange(len(table))[:, None]
    for back in origins:
        prospect = candidate(lengths - back, back)
        actual = table[rows, (lengths - back)[:, None] + np.arange(back)]
        trial.errors[back] = actual - prospect.points
        trial.spreads[back] = prospect.spread
        trial.actual[back] = actual
    return trial


def _scored(trial: _Trial, place: int, values: Floats) -> Backtest:
    errors = np.concatenate([found[place] for found in trial.errors.values()])
    spreads = np.concatenate([found[place] for found in trial.spreads.values()])
    actual = np.concatenate([found[place] for found in trial.actual.values()])
    lag = SEASON if len(values) >= LEAST_FOR_ETS else 1
    scale = float(np.abs(values[lag:] - values[:-lag]).mean())
    total = float(np.abs(actual).sum())
    size = np.abs(errors)
    return Backtest(
        float(size.mean()) / scale if scale else None,
        float(size.sum()) / total if total else None,
        float((size <= Z80 * spreads + 1e-9).mean()),
        float((size <= Z95 * spreads + 1e-9).mean()),
        len(errors),
    )


def _rank(score: Backtest) -> float:
    """Order candidates by their MASE; those listed first (the naive ones) win a tie."""
    return 0.0 if score.mase is None else score.mase


def _standardised(trial: _Trial, place: int) -> tuple[tuple[float, ...], float]:
    """Return the one-month errors over their standard errors, and by how much intervals are widened."""
    errors = np.concatenate([found[place] for found in trial.errors.values()])
    spreads = np.concatenate([found[place] for found in trial.spreads.values()])
    is_known = spreads > 0
    ratio = errors[is_known] / spreads[is_known]
    widened = float(np.clip(np.sqrt((ratio**2).mean()), 1.0, WIDEST)) if len(ratio) else 1.0
    single = tuple(
        float(trial.errors[back][place, 0] / spread) if (spread := trial.spreads[back][place, 0]) > 0 else 0.0
        for back in trial.errors
    )
    return single, widened


def _published(
    prospect: Prospect, place: int, widened: float, values: Floats
) -> tuple[tuple[float, ...], tuple[float, ...], float]:
    """Return points, their standard errors and that of their sum; costs that were never negative stay so."""
    points = prospect.points[place]
    if values.min() >= 0:
        points = np.maximum(points, 0.0)
    sigma, shared = prospect.sigma[place] * widened, prospect.shared[place] * widened
    # The error of a month reaches into the sum through its own and all later months.
    reach = np.cumsum(prospect.weights[place])
    total = float(np.sqrt(sigma**2 * (reach**2).sum() + (shared * len(points)) ** 2))
    return tuple(points.tolist()), tuple((prospect.spread[place] * widened).tolist()), total
