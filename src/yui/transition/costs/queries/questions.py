"""The six questions of ``engine/questions.py``, asked of the live lines that a reader may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.money.splitting import split_largest_remainder
from yui.kernel.policy import Actor
from yui.transition.costs.engine import questions
from yui.transition.costs.engine.effects import price_and_exchange
from yui.transition.costs.engine.exact import DECIMALS
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.queries.lines import reach_of

UNIT = 10**DECIMALS
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Effects:
    """Why the cost of two months differs, exactly: the three add up to the difference (Shapley values).

    Attributes:
        price: of units that both months have.
        volume: of more or fewer units, and of prices that only one month has.
        exchange: of the rate at which the currency counts.
    """

    price: Fraction
    volume: Fraction
    exchange: Fraction

    @property
    def difference(self) -> Fraction:
        """The difference in yen."""
        return self.price + self.volume + self.exchange


def ask(
    actor: Actor,
    sql: str,
    *,
    organisations: Sequence[str] | None = None,
    months: Sequence[str] | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> list[Row]:
    """Run one of the questions over the lines that ``actor`` may see, limited to codes and months."""
    source = Source(CHARGES, reach_of(actor), organisations=organisations, months=months)
    return fetch_rows(sql, {"lake": source}, parameters)


def ward_system_month(actor: Actor, **limits: Any) -> list[Row]:
    """Return (ward, system, month, currency, billed, effective, lines)."""
    return ask(actor, questions.by_ward_system_month(), **limits)


def tag_values(actor: Actor, key: str, **limits: Any) -> list[Row]:
    """Return (ward, value of the tag, month, currency, billed, effective, lines)."""
    return ask(actor, questions.by_tag(key), **limits)


def billed_and_amortised(actor: Actor, **limits: Any) -> list[Row]:
    """Return (ward, month, kind of charge, discount status, currency, billed, effective, lines)."""
    return ask(actor, questions.billed_and_amortised(), **limits)


def daily_with_median(actor: Actor, **limits: Any) -> list[Row]:
    """Return (ward, currency, day, cost, median of 28 days, median distance from it)."""
    return ask(actor, questions.daily_with_median(), **limits)


def shared_cost(
    actor: Actor, system: str, weights: Mapping[str, int], **limits: Any
) -> dict[tuple[str, str], dict[str, Decimal]]:
    """Share the effective cost of a system out by weights: (month, currency) → taker → amount.

    Amounts are split to the eighteenth decimal by the largest remainder and add up to the cost exactly.

    Raises:
        WeightsNotUsable: when the weights are empty, all zero or negative.
    """
    takers = sorted(weights)
    shares = [weights[taker] for taker in takers]
    found: dict[tuple[str, str], dict[str, Decimal]] = {}
    costs = ask(actor, questions.effective_of_system(), parameters={"system": system}, **limits)
    for month, currency, effective in costs:
        scaled = int(EXACT.multiply(effective, Decimal(UNIT)))
        parts = split_largest_remainder(scaled, shares)
        amounts = (EXACT.divide(Decimal(part), Decimal(UNIT)) for part in parts)
        found[month, currency] = dict(zip(takers, amounts, strict=True))
    return found


def price_volume_exchange(
    actor: Actor,
    before: str,
    after: str,
    rates: Mapping[str, tuple[Decimal, Decimal]],
    *,
    organisations: Sequence[str] | None = None,
) -> Effects:
    """Explain the difference between two months in yen by price, volume and exchange rate.

    Args:
        rates: yen for one unit of each foreign currency in the two months.

    Raises:
        KeyError: when the rate of a currency is not given.
    """
    rows = ask(
        actor,
        questions.price_and_volume(),
        organisations=organisations,
        months=[before, after],
        parameters={"before": before, "after": after},
    )
    price = exchange = 0
    difference = Fraction(0)
    for _sku, _unit, currency, *amounts in rows:
        rate_0, rate_1 = map(Fraction, (1, 1) if currency == "JPY" else rates[currency])
        cost_0, quantity_0, cost_1, quantity_1 = (int(EXACT.scaleb(amount, DECIMALS)) for amount in amounts)
        of_price, of_exchange = price_and_exchange(
            (cost_0, quantity_0), (cost_1, quantity_1), rate_0=rate_0, rate_1=rate_1
        )
        price, exchange = price + of_price, exchange + of_exchange
        difference += cost_1 * rate_1 - cost_0 * rate_0
    # Sums of thousands of unlike fractions grow without end; the rest of the rounding is volume.
    return Effects(*(Fraction(part, UNIT) for part in (price, difference - price - exchange, exchange)))
