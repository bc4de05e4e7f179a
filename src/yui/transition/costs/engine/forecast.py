"""One organisation's costs to the end of the fiscal year, series by series, in the currencies of the bills.

What follows a fixed pattern is written forward as it is; the rest is foreseen by ``usage_forecast``. Amounts
stay in the currency of their bill, and whoever reads them states a rate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from yui.transition.costs.engine.fixed_payments import (
    ContractTerms,
    find_pattern,
    schedule,
    successor_of,
)
from yui.transition.costs.engine.usage_forecast import SHORT, Backtest, UsageForecast, forecast_usage

VERSION = "4"
FIXED, CONTRACT, ONE_OFF = "fixed", "contract", "one_off"
YEN = "JPY"
CENT = Decimal("0.01")
MONTHS_OF_A_YEAR = 12
MATERIAL_SHARE = Decimal("0.95")
NO_RATES: Mapping[str, Decimal] = MappingProxyType({})


@dataclass(frozen=True, order=True)
class SeriesKey:
    """What a series is about; a contract number only where payments name one."""

    system: str
    category: str
    provider: str
    currency: str
    contract: str = ""


@dataclass(frozen=True)
class Spending:
    """What was billed, and in which months each provider sent a bill at all (months as numbers).

    Attributes:
        one_off: categories of costs that do not come again, such as those of a migration.
    """

    amounts: Mapping[SeriesKey, Mapping[int, Decimal]]
    billed: Mapping[str, frozenset[int]]
    one_off: frozenset[str] = frozenset()

    @property
    def last(self) -> int:
        """The newest month with a bill of any provider."""
        return max(max(months) for months in self.billed.values())


@dataclass(frozen=True)
class SeriesForecast:
    """The coming months of one series within the fiscal year.

    Attributes:
        points: amounts by month (as number), in the currency of the key.
        spread: standard errors by month, empty for fixed payments.
        total_spread: the standard error of all months together.
        recent: the newest monthly amount, for what cannot be foreseen.
        errors: standardised one-month errors of the backtest by month.
        misses: errors of the backtest, by origin and then month.
    """

    key: SeriesKey
    method: str
    points: Mapping[int, Decimal]
    spread: Mapping[int, float] = field(default_factory=dict)
    total_spread: float = 0.0
    backtest: Backtest | None = None
    rivals: Mapping[str, float | None] = field(default_factory=dict)
    months: int = 0
    filled: int = 0
    recent: Decimal = Decimal(0)
    is_assumed: bool = False
    errors: Mapping[int, float] = field(default_factory=dict)
    misses: Mapping[int, Mapping[int, float]] = field(default_factory=dict)


def target_months(last_billed: int) -> range:
    """Return the months of the fiscal year that the month after the newest bill belongs to."""
    april = 3
    start = (last_billed + 1 - april) // MONTHS_OF_A_YEAR * MONTHS_OF_A_YEAR + april
    return range(start, start + MONTHS_OF_A_YEAR)


def forecast_spending(
    spending: Spending,
    contracts: Sequence[ContractTerms] = (),
    rates: Mapping[str, Decimal] = NO_RATES,
) -> list[SeriesForecast]:
    """Foresee every series to the end of the fiscal year under way, and add contracts yet to begin.

    Args:
        spending: what was billed.
        contracts: registered contracts.
        rates: yen for one unit of a currency; they only tell which series are material.
    """
    year = target_months(spending.last)
    found, usage = [], []
    for key in sorted(spending.amounts):
        amounts = spending.amounts[key]
        if key.category in spending.one_off:
            coming = [month for month in year if month > spending.last]
            zeros = dict.fromkeys(coming, Decimal(0))
            found.append(SeriesForecast(key, ONE_OFF, zeros, months=len(amounts)))
            continue
        fixed = _fixed(key, amounts, max(spending.billed[key.provider]), year, contracts)
        if fixed is None:
            usage.append(key)
        else:
            found.append(fixed)
    found += _usage(spending, usage, year, material_series(spending, usage, rates))
    found += _coming_contracts(spending, year, contracts)
    return sorted(found, key=lambda each: each.key)


def _fixed(
    key: SeriesKey,
    amounts: Mapping[int, Decimal],
    last: int,
    year: range,
    contracts: Sequence[ContractTerms],
) -> SeriesForecast | None:
    pattern = find_pattern(amounts, last)
    if pattern is None:
        return None
    terms = next((each for each in contracts if key.contract and each.number == key.contract), None)
    successor = successor_of(terms, contracts) if terms else None
    months = [month for month in year if month > last]
    payments, is_assumed = schedule(pattern, months, terms, successor)
    return SeriesForecast(
        key,
        FIXED,
        dict(zip(months, payments, strict=True)),
        months=len(amounts),
        recent=pattern.amount,
        is_assumed=is_assumed,
    )


def material_series(
    spending: Spending, keys: Sequence[SeriesKey], rates: Mapping[str, Decimal]
) -> frozenset[SeriesKey]:
    """Return the fewest of ``keys`` that make up 95 % of their yen in the last twelve months.

    A series whose currency has no rate belongs to them: nobody can tell that it is small.
    """
    known = {YEN: Decimal(1), **rates}
    yen = {
        key: known[key.currency]
        * sum(
            abs(amount)
            for month, amount in spending.amounts[key].items()
            if month > spending.last - MONTHS_OF_A_YEAR
        )
        for key in keys
        if key.currency in known
    }
    found = {key for key in keys if key.currency not in known}
    wanted = sum(yen.values()) * MATERIAL_SHARE
    for key in sorted(yen, key=lambda key: (-yen[key], key)):
        if wanted <= 0:
            break
        found.add(key)
        wanted -= yen[key]
    return frozenset(found)


def _usage(
    spending: Spending, keys: Sequence[SeriesKey], year: range, material: frozenset[SeriesKey]
) -> list[SeriesForecast]:
    series, horizons = [], []
    for key in keys:
        amounts, billed = spending.amounts[key], spending.billed[key.provider]
        series.append(
            [
                float(amounts.get(month, 0)) if month in billed else None
                for month in range(min(amounts), max(billed) + 1)
            ]
        )
        horizons.append(max(0, year[-1] - max(billed)))
    return [
        _of_usage(key, spending, forecast, year)
        for key, forecast in zip(
            keys, forecast_usage(series, horizons, [key in material for key in keys]), strict=True
        )
    ]


def _of_usage(key: SeriesKey, spending: Spending, forecast: UsageForecast, year: range) -> SeriesForecast:
    last = max(spending.billed[key.provider])
    # A provider that is late may leave months of the year before open; they are not part of this year.
    coming = [(last + 1 + step, step) for step in range(len(forecast.points)) if last + 1 + step in year]
    places = Decimal(1) if key.currency == YEN else CENT
    backs = sorted(forecast.misses or {}, reverse=True)
    amounts = spending.amounts[key]
    return SeriesForecast(
        key,
        forecast.method,
        {month: Decimal(forecast.points[step]).quantize(places) for month, step in coming},
        {month: forecast.spread[step] for month, step in coming},
        forecast.total_spread,
        forecast.backtest,
        forecast.rivals or {},
        forecast.months,
        forecast.filled,
        amounts[max(amounts)],
        errors={last - back + 1: error for back, error in zip(backs, forecast.errors, strict=True)},
        misses={
            last - back: {last - back + 1 + step: miss for step, miss in enumerate(misses)}
            for back, misses in (forecast.misses or {}).items()
        },
    )


def _coming_contracts(
    spending: Spending, year: range, contracts: Sequence[ContractTerms]
) -> list[SeriesForecast]:
    """Return the contracts that begin after the newest bill and take no earlier one's place."""
    known = {key.contract for key in spending.amounts}
    paid = [each for each in contracts if each.number in known]
    taken = {after.number for each in paid if (after := successor_of(each, contracts)) is not None}
    found = []
    for terms in contracts:
        months = [month for month in year if terms.starts <= month <= terms.ends and month > spending.last]
        if terms.number in known | taken or terms.starts <= spending.last or not months:
            continue
        key = SeriesKey(min(terms.systems, default=""), "other", terms.vendor, YEN, terms.number)
        points = dict.fromkeys(months, terms.monthly_yen)
        found.append(SeriesForecast(key, CONTRACT, points, recent=terms.monthly_yen))
    return found


def is_foreseen(forecast: SeriesForecast) -> bool:
    """Tell whether there is anything to add up: short series are named, never guessed."""
    return forecast.method != SHORT
