"""The effects of price and exchange rate on a cost, in whole numbers.

A cost is price x quantity x rate. Of two such products the effect of a factor is its Shapley value: the mean
of its effects over all orders of changing the factors (L. S. Shapley, "A value for n-person games", 1953).
With costs and quantities as whole numbers of 10⁻¹⁸ each effect is one division of whole numbers, which is
many times faster than fractions that are reduced after every step, and just as exact.
"""

from fractions import Fraction

Side = tuple[int, int]
"""Cost and quantity of one month, in the same small unit."""


def price_and_exchange(before: Side, after: Side, *, rate_0: Fraction, rate_1: Fraction) -> tuple[int, int]:
    """Return the effects of price and of rate, rounded to the unit of the costs (halves to even).

    What is left of the difference is the effect of the quantity. A price that one of the months does not
    know has no price effect: all of it is quantity, but for the rate.
    """
    (cost_0, quantity_0), (cost_1, quantity_1) = before, after
    shared = rate_0.denominator * rate_1.denominator
    old, new = rate_0.numerator * rate_1.denominator, rate_1.numerator * rate_0.denominator
    if not quantity_0 or not quantity_1:
        return 0, nearest((cost_0 + cost_1) * (new - old), 2 * shared)
    both = quantity_0 * quantity_1
    crossed_0, crossed_1 = cost_0 * quantity_1, cost_1 * quantity_0
    weight = quantity_0 * (2 * old + new) + quantity_1 * (2 * new + old)
    middle = 2 * (cost_0 + cost_1) * both + crossed_0 * quantity_1 + crossed_1 * quantity_0
    divisor = 6 * shared * both
    return nearest((crossed_1 - crossed_0) * weight, divisor), nearest((new - old) * middle, divisor)


def nearest(dividend: int, divisor: int) -> int:
    """Divide, rounded to the nearest whole number, halves to even."""
    if divisor < 0:
        dividend, divisor = -dividend, -divisor
    whole, rest = divmod(dividend, divisor)
    twice = 2 * rest
    return whole + (twice > divisor or (twice == divisor and whole % 2 == 1))
