"""What a period's cost consists of: yen, and dollars that an exchange rate turns into yen."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from yui.kernel.policy import Actor
from yui.transition.costs.engine.exchange import CostMix
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.queries.bridge import Question, Span
from yui.transition.costs.queries.monthly import costs_visible_to
from yui.transition.costs.queries.rates import Rates, YenSum

DOLLAR = "USD"


@dataclass(frozen=True)
class PeriodMix:
    """The cost of one period.

    Attributes:
        mix: yen and dollars, exact; other currencies count at their months' rates within the yen.
        actual: the whole in yen at the months' own rates; ``None`` while a rate is missing.
        rate: the mean rate of the dollars, weighted by their amounts; ``None`` without dollars or rates.
        missing: the (currency, month) pairs without a rate.
        rows: bill lines counted.
    """

    mix: CostMix
    actual: Decimal | None
    rate: Fraction | None
    missing: tuple[str, ...]
    rows: int

    @property
    def lacks_other_currencies(self) -> bool:
        """Whether a currency other than the dollar lacks a rate, so that the yen part is not whole."""
        return any(not name.startswith(DOLLAR) for name in self.missing)


def mix_of(actor: Actor, question: Question, span: Span) -> PeriodMix:
    """Return the cost of ``span`` within the filters of ``question``, as far as ``actor`` may see it."""
    costs = costs_visible_to(
        actor,
        organisations=[question.ward] if question.ward else None,
        first_month=str(span.first),
        last_month=str(span.last),
    )
    if question.system is not None:
        costs = costs.filter(system_code=question.system)
    if question.category:
        costs = costs.filter(cost_category=question.category)
    found = costs.order_by().values_list("currency", "month", question.metric, "rows")
    by_month: dict[tuple[str, str], Decimal] = {}
    rows = 0
    for currency, month, text, count in found.iterator(chunk_size=5000):
        key = (currency, month)
        by_month[key] = EXACT.add(by_month.get(key, Decimal(0)), Decimal(text))
        rows += count
    return _mixed(by_month, Rates.load(span.months), rows)


def _mixed(by_month: Mapping[tuple[str, str], Decimal], rates: Rates, rows: int) -> PeriodMix:
    """Separate dollars from everything else."""
    whole, rest = YenSum(), YenSum()
    dollars = Decimal(0)
    weight, weighted = Fraction(0), Fraction(0)
    for (currency, month), amount in by_month.items():
        rates.add(whole, amount, currency, month)
        if currency != DOLLAR:
            rates.add(rest, amount, currency, month)
            continue
        dollars = EXACT.add(dollars, amount)
        rate = rates.by_currency_and_month.get((currency, month))
        if rate is not None:
            weight += abs(Fraction(amount))
            weighted += abs(Fraction(amount)) * Fraction(rate)
    return PeriodMix(
        CostMix(Fraction(rest.known), Fraction(dollars)),
        whole.yen,
        weighted / weight if weight else None,
        tuple(f"{currency} {month}" for currency, month in sorted(whole.missing)),
        rows,
    )
