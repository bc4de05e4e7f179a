"""What forecasts and anomalies are worked out from: one organisation's lines, added up in the lake."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from yui.kernel.calendar_jp import Month
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.registry.public import contracts_of
from yui.transition.costs.engine.fixed_payments import ContractTerms
from yui.transition.costs.engine.forecast import SeriesKey, Spending
from yui.transition.costs.engine.roll_up import spending_query
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.queries.rates import YEN, Rates
from yui.transition.costs.queries.rules import rules_of

SYSTEM = Actor.system("costs outlook")


def charges_of(organisation: Organisation) -> Source:
    """Return the live lines of one organisation; for callers that checked access."""
    return Source(CHARGES, Reach.of(SYSTEM), organisations=[organisation.code])


def spending_of(organisation: Organisation) -> Spending | None:
    """Return the billed amounts by series and month, ``None`` without bills; callers have checked access."""
    rules = rules_of(organisation)
    rows = fetch_rows(spending_query(rules), {"lake": charges_of(organisation)}, rules.parameters())
    amounts: dict[SeriesKey, dict[int, Decimal]] = {}
    billed: dict[str, set[int]] = {}
    for system, category, provider, contract, currency, text, amount in rows:
        month = Month.parse(text).index
        key = SeriesKey(system, category, provider, currency, contract)
        amounts.setdefault(key, {})[month] = amount
        billed.setdefault(provider, set()).add(month)
    if not billed:
        return None
    return Spending(amounts, {provider: frozenset(months) for provider, months in billed.items()})


def contract_terms_of(organisation: Organisation) -> list[ContractTerms]:
    """Return the organisation's registered contracts as the forecast wants them."""
    return [
        ContractTerms(
            contract.number,
            contract.vendor_name,
            frozenset(contract.system_codes),
            Month.of(contract.starts_on).index,
            Month.of(contract.ends_on).index,
            contract.annual_yen,
        )
        for contract in contracts_of(SYSTEM, organisation)
    ]


def last_known_rates() -> dict[str, tuple[str, Decimal]]:
    """Return the newest month and rate of each currency; yen count as one."""
    found: dict[str, tuple[str, Decimal]] = {YEN: ("", Decimal(1))}
    for (currency, month), rate in sorted(Rates.load().by_currency_and_month.items()):
        found[currency] = (month, rate)
    return found


def rates_of(spending: Spending) -> dict[str, Decimal]:
    """Return the newest known yen for one unit of each currency that the bills are in."""
    billed = {key.currency for key in spending.amounts}
    return {currency: rate for currency, (_month, rate) in last_known_rates().items() if currency in billed}


def inputs_of(spending: Spending, contracts: list[ContractTerms], rates: Mapping[str, Decimal]) -> list[Any]:
    """Return everything that a forecast depends on as plain values, in a fixed order."""
    series = [
        [
            key.system,
            key.category,
            key.provider,
            key.currency,
            key.contract,
            sorted((month, str(amount)) for month, amount in months.items()),
        ]
        for key, months in sorted(spending.amounts.items())
    ]
    billed = [[provider, sorted(months)] for provider, months in sorted(spending.billed.items())]
    terms = sorted(
        [each.number, each.vendor, sorted(each.systems), each.starts, each.ends, each.annual_yen]
        for each in contracts
    )
    return [series, billed, terms, sorted((currency, str(rate)) for currency, rate in rates.items())]
