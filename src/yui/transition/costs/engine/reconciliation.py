"""Explains by how much an invoice differs from the bill lines, down to the last unit.

An invoice may leave out what the lines hold (taxes, credits, adjustments, purchases) or add what they lack
(consumption tax), and it is rounded to the smallest unit of its currency. The fewest such causes that account
for the difference are taken; what they leave below one unit is rounding. Otherwise nothing is claimed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from yui.transition.costs.engine.rows import EXACT

# Currencies without a smaller unit (ISO 4217: exponent 0) that bills come in.
WHOLE_UNITS = frozenset({"JPY", "KRW", "VND", "CLP"})
CONSUMPTION_TAX = Decimal("0.10")
# A provider's dollar bill paid in yen differs by the rates of two days; more than this is something else.
LARGEST_RATE_SHIFT = Decimal("0.15")
NOTHING = Decimal(0)


class Cause(StrEnum):
    """Why an invoice differs from the lines."""

    TAX = "tax"
    CREDIT = "credit"
    ADJUSTMENT = "adjustment"
    PURCHASE = "purchase"
    CONSUMPTION_TAX = "consumption_tax"
    ROUNDING = "rounding"
    EXCHANGE = "exchange"
    UNEXPLAINED = "unexplained"


LEFT_OUT = {
    Cause.TAX: "Tax",
    Cause.CREDIT: "Credit",
    Cause.ADJUSTMENT: "Adjustment",
    Cause.PURCHASE: "Purchase",
}


@dataclass(frozen=True)
class Explained:
    """A part of the difference: invoice less lines."""

    cause: Cause
    amount: Decimal


def unit_of(currency: str) -> Decimal:
    """Return the smallest unit that an invoice in ``currency`` is rounded to."""
    return Decimal(1) if currency in WHOLE_UNITS else Decimal("0.01")


def explain(
    lines: Mapping[str, Decimal], invoice: Decimal, currency: str, *, is_converted: bool = False
) -> tuple[Explained, ...]:
    """Return the causes whose amounts add up to exactly ``invoice`` less the sum of ``lines``.

    Args:
        lines: exact sums of BilledCost by ChargeCategory.
        is_converted: whether the lines were turned into ``currency`` at a month's rate, so that another rate
            may be all the difference.
    """
    total = _sum(lines.values())
    difference = EXACT.subtract(invoice, total)
    if difference == 0:
        return ()
    known = _candidates(lines, total)
    for count in range(len(known) + 1):
        for causes in combinations(known, count):
            rest = EXACT.subtract(difference, _sum(each.amount for each in causes))
            if abs(rest) < unit_of(currency):
                return (*causes, *([Explained(Cause.ROUNDING, rest)] if rest else []))
    is_rate = is_converted and abs(difference) <= abs(total) * LARGEST_RATE_SHIFT
    return (Explained(Cause.EXCHANGE if is_rate else Cause.UNEXPLAINED, difference),)


def _candidates(lines: Mapping[str, Decimal], total: Decimal) -> list[Explained]:
    """Return what an invoice may leave out or add."""
    found = [
        Explained(cause, EXACT.minus(lines[category]))
        for cause, category in LEFT_OUT.items()
        if lines.get(category, NOTHING) != 0
    ]
    if not lines.get("Tax"):
        found.append(Explained(Cause.CONSUMPTION_TAX, EXACT.multiply(total, CONSUMPTION_TAX)))
    return found


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    total = NOTHING
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total
