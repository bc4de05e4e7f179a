"""Looking ahead to the end of the fiscal year."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from hashlib import sha256

from yui.kernel.calendar_jp import Month
from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, PermissionRefused, Verb, allows, require
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.forecast import (
    VERSION,
    SeriesForecast,
    Spending,
    forecast_spending,
    target_months,
)
from yui.transition.costs.engine.forecast_json import as_json
from yui.transition.costs.engine.forecast_sums import total_error
from yui.transition.costs.models import CostForecast
from yui.transition.costs.queries.outlook_inputs import (
    contract_terms_of,
    inputs_of,
    rates_of,
    spending_of,
)

MONTHS_OF_A_YEAR = 12


def forecast_costs(actor: Actor, organisation: Organisation) -> CostForecast | None:
    """Work out the outlook of an organisation and keep it; ``None`` without bills.

    With the same bills, contracts and exchange rates as last time nothing is worked out or written. Reading
    and computing happen before the transaction, which only writes.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
    """
    if not allows(actor, Verb.EDIT, organisation):
        raise PermissionRefused(actor, Verb.EDIT)
    spending = spending_of(organisation)
    if spending is None:
        return None
    contracts = contract_terms_of(organisation)
    rates = rates_of(spending)
    told = json.dumps([VERSION, *inputs_of(spending, contracts, rates)], ensure_ascii=False)
    digest = sha256(told.encode()).hexdigest()
    current = (
        CostForecast.objects.owned_by(organisation).filter(is_current=True, inputs_sha256=digest).first()
    )
    if current is not None:
        return current
    series = forecast_spending(spending, contracts, rates)
    return _keep(
        actor,
        organisation=organisation,
        spending=spending,
        series=series,
        digest=digest,
        wape=_error_of_sums(series, spending, rates),
    )


@operation("costs.forecast.make")
def _keep(
    actor: Actor,
    *,
    organisation: Organisation,
    spending: Spending,
    series: Sequence[SeriesForecast],
    digest: str,
    wape: float | None,
) -> CostForecast:
    """Put a new outlook in the place of the one before, which stays to be compared."""
    require(actor, Verb.EDIT, organisation)
    earlier = CostForecast.objects.owned_by(organisation).filter(is_current=True)
    same = earlier.filter(inputs_sha256=digest).first()
    if same is not None:
        record_nothing("another process worked out the same meanwhile")
        return same
    earlier.update(is_current=False)
    year = target_months(spending.last)
    made = CostForecast(
        organisation=organisation,
        fiscal_year=month_of(year[0]).year,
        last_month=str(month_of(spending.last)),
        cutoffs={name: str(month_of(max(months))) for name, months in sorted(spending.billed.items())},
        series=[as_json(each) for each in series],
        inputs_sha256=digest,
        method_version=VERSION,
        wape=wape,
        made_by=actor.name,
    )
    made.full_clean(exclude=["series", "cutoffs"])
    made.save()
    record(
        organisation,
        subject=urn("costs.forecast", made.pk),
        summary=f"{made.fiscal_year}年度末までのコストの見通しを計算しました({len(series)}系列)",
        data={"inputs": digest, "version": VERSION, "last_month": made.last_month, "series": len(series)},
    )
    return made


def month_of(index: int) -> Month:
    """Return the month with a number."""
    year, month = divmod(index, MONTHS_OF_A_YEAR)
    return Month(year, month + 1)


def _error_of_sums(
    series: Sequence[SeriesForecast], spending: Spending, rates: Mapping[str, Decimal]
) -> float | None:
    """Return how far the backtest's sums were off, foreign amounts weighed at the newest rates."""
    misses, actual = [], []
    for each in series:
        if each.key.currency not in rates or not each.misses:
            continue
        rate = float(rates[each.key.currency])
        misses.append(
            {
                origin: {month: miss * rate for month, miss in found.items()}
                for origin, found in each.misses.items()
            }
        )
        amounts = spending.amounts[each.key]
        actual.append({month: float(amount) * rate for month, amount in amounts.items()})
    return total_error(misses, actual)
