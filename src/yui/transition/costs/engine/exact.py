"""Exact amounts as whole numbers that any database can add up.

An amount with up to 18 decimals is cut into units, billionths (10⁻⁹) and billionths of those (10⁻¹⁸).
Each of the three is a small whole number, so a database sums them without overflow and without a float,
and the three sums together are the exact sum of the amounts.
"""

from decimal import Decimal

from yui.transition.costs.engine.rows import EXACT

DECIMALS = 18
_BILLION = 10**9
LIMIT = 10**14
"""Units that one sum may have: a hundred trillion. Ninety thousand of them still fit into 64 bits."""

Limbs = tuple[int, int, int]


def limbs_of(amount: Decimal) -> Limbs:
    """Cut an amount into units (rounded down, so negative for negative amounts) and two fractions of 0
    to 10⁹-1.

    Raises:
        OverflowError: from a hundred trillion units on.
        ValueError: when the amount has more than 18 decimals.
    """
    scaled = EXACT.scaleb(amount, DECIMALS)
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"{amount} has more than {DECIMALS} decimals")
    units, rest = divmod(whole, _BILLION * _BILLION)
    if abs(units) >= LIMIT:
        raise OverflowError(f"{amount} is beyond what a bill can hold")
    nano, atto = divmod(rest, _BILLION)
    return units, nano, atto


def amount_of(units: int, nano: int, atto: int) -> Decimal:
    """Return the amount that limbs, or sums of limbs, stand for."""
    if not nano and not atto:
        return Decimal(units)
    return EXACT.scaleb(Decimal((units * _BILLION + nano) * _BILLION + atto), -DECIMALS)
