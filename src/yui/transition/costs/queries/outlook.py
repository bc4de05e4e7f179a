"""The page 見通し: stored forecasts and this year's bills, put together in yen at stated rates.

Bills count at the rate of their month, coming months at one assumed rate per currency, so that what exchange
rates do stays apart from what usage does.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from yui.kernel.calendar_jp import FiscalYear, Month
from yui.kernel.money import whole_yen
from yui.kernel.policy import Actor
from yui.registry.public import systems_of
from yui.transition.costs.engine.forecast import is_foreseen
from yui.transition.costs.engine.forecast_json import from_json
from yui.transition.costs.engine.forecast_sums import correlation, spread_of_sum
from yui.transition.costs.models import CostForecast
from yui.transition.costs.queries.budget import voted
from yui.transition.costs.queries.monthly import costs_visible_to, summarise
from yui.transition.costs.queries.outlook_inputs import last_known_rates
from yui.transition.costs.queries.outlook_parts import (
    ZERO,
    AssumedRate,
    Outlook,
    OutlookMonth,
    Part,
    Series,
    SystemOutlook,
    span_of,
)
from yui.transition.costs.queries.rates import YenSum


def runs_visible_to(actor: Actor, ward: str = "") -> list[CostForecast]:
    """Return the current forecasts that ``actor`` may see, of one organisation if a code is given."""
    runs = CostForecast.objects.visible_to(actor).filter(is_current=True).select_related("organisation")
    if ward:
        runs = runs.filter(organisation__code=ward)
    return sorted(runs, key=lambda run: (run.organisation.sort_order, run.organisation.code))


def waiting_for(actor: Actor) -> int:
    """Return how many organisations have bills that ``actor`` may see, and no forecast yet."""
    billed = costs_visible_to(actor).order_by().values("organisation").distinct()
    made = CostForecast.objects.visible_to(actor).filter(is_current=True).values("organisation")
    return billed.exclude(organisation__in=made).count()


def outlook_for(
    actor: Actor, *, ward: str = "", assumed: Mapping[str, Decimal] | None = None
) -> Outlook | None:
    """Return the outlook over what ``actor`` may see, ``None`` without a forecast.

    Args:
        assumed: yen per unit by currency, in the place of the newest known rates.
    """
    found = runs_visible_to(actor, ward)
    if not found:
        return None
    year = max(run.fiscal_year for run in found)
    runs = tuple(run for run in found if run.fiscal_year == year)
    rates = assumed_rates(assumed or {})
    series = [
        Series(run.organisation.code, forecast, rates.get(forecast.key.currency, ("", None))[1])
        for run in runs
        for forecast in map(from_json, run.series)
    ]
    return _composed(actor, FiscalYear(year), runs, series, rates, len(found) - len(runs))


def assumed_rates(assumed: Mapping[str, Decimal]) -> dict[str, tuple[str, Decimal | None]]:
    """Return month and rate by currency: what was assumed, else the newest known."""
    rates: dict[str, tuple[str, Decimal | None]] = {**last_known_rates()}
    return rates | {currency: ("", rate) for currency, rate in assumed.items()}


def _composed(
    actor: Actor,
    year: FiscalYear,
    runs: tuple[CostForecast, ...],
    series: Sequence[Series],
    rates: Mapping[str, tuple[str, Decimal | None]],
    others: int,
) -> Outlook:
    foreseen = [each for each in series if is_foreseen(each.forecast)]
    rho = correlation([each.forecast.errors for each in foreseen])
    whole, parts, by_month = Part(series=foreseen), _parts(foreseen), dict[str, YenSum]()
    cutoffs = {run.organisation.code: run.cutoffs for run in runs}
    costs = costs_visible_to(
        actor,
        organisations=sorted(cutoffs),
        first_month=str(year.previous().months[0]),
        last_month=str(year.months[-1]),
    )
    months_before: set[str] = set()
    for cell in summarise(costs, ("ward", "system", "provider", "month")):
        ward, system, provider, month = cell.key
        part = parts.setdefault((ward, system), Part())
        if Month.parse(month).fiscal_year != year:
            part.before.add(cell.yen)
            whole.before.add(cell.yen)
            months_before.add(month)
        elif month <= cutoffs[ward].get(provider, ""):
            # What came in after the forecast was made is in its expected months already.
            part.actual.add(cell.yen)
            whole.actual.add(cell.yen)
            by_month.setdefault(month, YenSum()).add(cell.yen)
    wards = [run.organisation for run in runs]
    budgets = voted(actor, wards, year)
    newest = costs.order_by("-created_at").values_list("created_at", flat=True).first()
    total, spread = whole.total, whole.spread(rho)
    return Outlook(
        year=year,
        runs=runs,
        months=tuple(_month(month, by_month.get(str(month)), foreseen, rho) for month in year.months),
        whole=whole,
        total=total,
        inner=span_of(total, spread, 80, whole),
        outer=span_of(total, spread, 95, whole),
        before=None if whole.before.yen is None or not months_before else whole_yen(whole.before.yen),
        months_before=len(months_before),
        budget=sum(budgets.values()) if len(budgets) == len(wards) else None,
        without_budget=len(wards) - len(budgets),
        rows=_rows(actor, runs, parts, rho, total),
        series=tuple(series),
        unforeseen=tuple(each for each in series if not is_foreseen(each.forecast)),
        rates=_rates(foreseen, rates),
        rho=rho,
        is_stale=newest is not None and any(newest > run.created_at for run in runs),
        others=others,
    )


def _parts(series: Iterable[Series]) -> dict[tuple[str, str], Part]:
    parts: dict[tuple[str, str], Part] = {}
    for each in series:
        parts.setdefault((each.ward, each.forecast.key.system), Part()).series.append(each)
    return parts


def _month(month: Month, actual: YenSum | None, series: Sequence[Series], rho: float) -> OutlookMonth:
    coming = [each for each in series if month.index in each.forecast.points]
    billed = None if actual is None or actual.yen is None else whole_yen(actual.yen)
    if not coming:
        return OutlookMonth(month, billed, None, None, None)
    # Where some providers have billed a month and others not, what is expected holds both.
    expected = whole_yen(sum((each.yen_in(month.index) for each in coming), ZERO)) + (billed or 0)
    spread = spread_of_sum(
        (each.forecast.spread.get(month.index, 0.0) * float(each.rate or 0) for each in coming), rho
    )
    part = Part(series=coming)
    return OutlookMonth(
        month, None, expected, span_of(expected, spread, 80, part), span_of(expected, spread, 95, part)
    )


def _rows(
    actor: Actor,
    runs: Sequence[CostForecast],
    parts: Mapping[tuple[str, str], Part],
    rho: float,
    total: int | None,
) -> tuple[SystemOutlook, ...]:
    wards = {run.organisation.code: run.organisation for run in runs}
    names = systems_of(actor, wards.keys())
    rows = []
    for (code, system), part in parts.items():
        known, own = names[code].get(system), part.total
        rows.append(
            SystemOutlook(
                wards[code],
                system,
                known.name if known else system,
                known.url if known else "",
                part,
                own,
                span_of(own, part.spread(rho), 80, part),
                own / total if own is not None and total else None,
            )
        )
    rows.sort(key=lambda row: (row.ward.sort_order, not row.code, -(row.total or 0)))
    return tuple(rows)


def _rates(
    series: Sequence[Series], rates: Mapping[str, tuple[str, Decimal | None]]
) -> tuple[AssumedRate, ...]:
    amounts: dict[str, Decimal] = {}
    for each in series:
        currency = each.forecast.key.currency
        amounts[currency] = amounts.get(currency, ZERO) + sum(each.forecast.points.values(), ZERO)
    return tuple(
        AssumedRate(currency, rates.get(currency, ("", None))[1], rates.get(currency, ("", None))[0], amount)
        for currency, amount in sorted(amounts.items())
        if currency != "JPY"
    )
