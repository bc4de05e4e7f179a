"""The parts of an outlook: series in yen, their sums, and what a page shows of them."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from yui.kernel.calendar_jp import FiscalYear, Month
from yui.kernel.money import whole_yen
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.forecast import SeriesForecast
from yui.transition.costs.engine.forecast_sums import interval, spread_of_sum
from yui.transition.costs.engine.rows import exact_text
from yui.transition.costs.models import CostForecast
from yui.transition.costs.queries.rates import YenSum

Span = tuple[int, int]
ZERO = Decimal(0)


@dataclass(frozen=True)
class Series:
    """One stored series of one ward, with the yen that one unit of its currency is assumed to be."""

    ward: str
    forecast: SeriesForecast
    rate: Decimal | None

    def yen_in(self, month: int) -> Decimal:
        """The expected yen of a month; nothing without a rate."""
        return self.forecast.points.get(month, ZERO) * (self.rate or ZERO)

    @property
    def yen(self) -> Decimal:
        """The expected yen of all coming months."""
        return sum(self.forecast.points.values(), ZERO) * (self.rate or ZERO)


@dataclass
class Part:
    """Bills and coming months of one group of series.

    Attributes:
        actual, before: this year's bills, and those of the whole year before.
    """

    actual: YenSum = field(default_factory=YenSum)
    before: YenSum = field(default_factory=YenSum)
    series: list[Series] = field(default_factory=list)

    @property
    def coming(self) -> int:
        """The expected yen of the coming months."""
        return whole_yen(sum((each.yen for each in self.series), ZERO))

    @property
    def total(self) -> int | None:
        """The year's yen: bills and what is expected; unknown while a rate is missing."""
        if self.actual.yen is None or any(each.rate is None and each.forecast.points for each in self.series):
            return None
        return whole_yen(self.actual.yen) + self.coming

    def spread(self, rho: float) -> float:
        """The standard error of the total."""
        return spread_of_sum(
            (each.forecast.total_spread * float(each.rate or 0) for each in self.series), rho
        )

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods of its series, the costliest first."""
        costs: dict[str, Decimal] = {}
        for each in self.series:
            costs[each.forecast.method] = costs.get(each.forecast.method, ZERO) + abs(each.yen)
        return tuple(sorted(costs, key=lambda method: -costs[method]))

    @property
    def wape(self) -> float | None:
        """The backtests' WAPE, weighed by the expected yen; ``None`` where nothing is an estimate."""
        tried = [
            (float(abs(each.yen)), each.forecast.backtest.wape)
            for each in self.series
            if each.forecast.backtest is not None and each.forecast.backtest.wape is not None
        ]
        weight = sum(size for size, _wape in tried)
        return sum(size * wape for size, wape in tried) / weight if weight else None


@dataclass(frozen=True)
class SystemOutlook:
    """One system of one ward."""

    ward: Organisation
    code: str
    name: str
    url: str
    part: Part
    total: int | None
    span: Span | None
    share: float | None


@dataclass(frozen=True)
class OutlookMonth:
    """One month of the year: what was billed, what is expected, and the ranges around that."""

    month: Month
    actual: int | None
    expected: int | None
    inner: Span | None
    outer: Span | None


@dataclass(frozen=True)
class AssumedRate:
    """Yen for one unit of a currency in the coming months; ``month`` says whose rate it is, if a month's."""

    currency: str
    rate: Decimal | None
    month: str
    amount: Decimal

    @property
    def text(self) -> str:
        """The rate in plain notation without idle zeros, empty where none is known."""
        return "" if self.rate is None else exact_text(self.rate)


@dataclass(frozen=True)
class Outlook:
    """What the page shows.

    Attributes:
        rho: the measured correlation of errors that the intervals reckon with.
        unforeseen: series too short to foresee; they are in no sum.
        budget: the year's budget of all these wards; ``None`` unless each of them has one.
        without_budget: how many of them have none.
        is_stale: whether bills came in since the forecast was made.
        others: wards in sight whose forecast is for another year.
    """

    year: FiscalYear
    runs: tuple[CostForecast, ...]
    months: tuple[OutlookMonth, ...]
    whole: Part
    total: int | None
    inner: Span | None
    outer: Span | None
    before: int | None
    months_before: int
    budget: int | None
    without_budget: int
    rows: tuple[SystemOutlook, ...]
    series: tuple[Series, ...]
    unforeseen: tuple[Series, ...]
    rates: tuple[AssumedRate, ...]
    rho: float
    is_stale: bool
    others: int

    @property
    def budget_left(self) -> int | None:
        """What the budget is expected to leave; negative where more will be spent."""
        return None if self.budget is None or self.total is None else self.budget - self.total

    @property
    def made_at(self) -> datetime:
        """When the oldest of the runs was made."""
        return min(run.created_at for run in self.runs)

    @property
    def wards(self) -> list[Organisation]:
        """The wards whose forecasts are added up."""
        return [run.organisation for run in self.runs]


def span_of(total: int | None, spread: float, level: int, part: Part) -> Span | None:
    """Return the interval around a total in yen; below zero only where credits may be."""
    if total is None:
        return None
    low, high = interval(float(total), spread, level)
    floor = 0.0 if all(each.yen >= 0 for each in part.series) else low
    return round(max(low, min(floor, total))), round(high)
