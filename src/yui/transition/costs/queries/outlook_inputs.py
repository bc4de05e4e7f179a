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
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.queries.definition import definition_in_force
from yui.transition.costs.queries.rates import YEN, Rates
from yui.transition.costs.queries.rules import rules_of

SYSTEM = Actor.system("costs outlook")
LEDGER = ""
"""The provider of a ledger's part: payments to many, of which none alone sends the bill."""


def charges_of(organisation: Organisation) -> Source:
    """Return the live lines of one organisation; for callers that checked access."""
    return Source(CHARGES, Reach.of(SYSTEM), organisations=[organisation.code])


def spending_of(organisation: Organisation) -> Spending | None:
    """Return the billed amounts by series and month, ``None`` without bills; callers have checked access."""
    rules, one_off = rules_of(organisation), definition_in_force().one_off
    rows = fetch_rows(spending_query(rules), {"lake": charges_of(organisation)}, rules.parameters())
    amounts: dict[SeriesKey, dict[int, Decimal]] = {}
    billed, in_ledger = dict[str, set[int]](), set[str]()
    for system, category, provider, contract, currency, text, amount, is_ledger in rows:
        month = Month.parse(text).index
        of_key = amounts.setdefault(SeriesKey(system, category, provider, currency, contract), {})
        of_key[month] = EXACT.add(of_key.get(month, Decimal(0)), amount)
        if is_ledger:
            in_ledger.add(provider)
        billed.setdefault(LEDGER if is_ledger else provider, set())
        if category not in one_off:
            billed[LEDGER if is_ledger else provider].add(month)
    if not amounts:
        return None
    # A ledger holds the payments of many providers: what it lacks in its months was not paid.
    for provider in in_ledger:
        billed[provider] = billed.get(provider, set()) | billed[LEDGER]
    seen = frozenset(month for months in amounts.values() for month in months)
    # Nobody waits for the next bill of who is paid once: every month counts as billed.
    return Spending(
        amounts, {provider: frozenset(months) or seen for provider, months in billed.items()}, one_off
    )


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
    return [
        series,
        billed,
        sorted(spending.one_off),
        terms,
        sorted((currency, str(rate)) for currency, rate in rates.items()),
    ]
