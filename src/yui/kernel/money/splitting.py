"""Sharing an amount out so that no yen is lost."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from yui.kernel.money.errors import WeightsNotUsable

Weight = int | Decimal | Fraction


def split_largest_remainder(total: int, weights: Sequence[Weight]) -> list[int]:
    """Split yen in proportion to weights by the largest-remainder (Hamilton) method.

    The parts always add up to the total, each is within one yen of its exact share, and a negative total is
    split as its mirror image. Yen that remain go to the largest remainders, on ties to the lower index, so
    the answer is always the same. Raises ``WeightsNotUsable`` when the weights are empty, all zero, negative
    or not finite.
    """
    scaled = _whole_weights(weights)
    whole = sum(scaled)
    shares = [divmod(abs(total) * weight, whole) for weight in scaled]
    parts = [quotient for quotient, _ in shares]
    by_remainder = sorted(range(len(shares)), key=lambda index: -shares[index][1])
    for index in by_remainder[: abs(total) - sum(parts)]:
        parts[index] += 1
    return parts if total >= 0 else [-part for part in parts]


def _whole_weights(weights: Sequence[Weight]) -> list[int]:
    """Scale the weights to whole numbers in the same proportion."""
    try:
        exact = [Fraction(weight) for weight in weights]
    except (OverflowError, ValueError) as error:
        raise WeightsNotUsable(_listed(weights)) from error
    if not any(exact) or min(exact) < 0:
        raise WeightsNotUsable(_listed(weights))
    scale = lcm(*(fraction.denominator for fraction in exact))
    return [fraction.numerator * (scale // fraction.denominator) for fraction in exact]


def _listed(weights: Sequence[Weight]) -> str:
    """Write the weights for an error message, the first ten of them."""
    return ", ".join(str(weight) for weight in weights[:10]) + (" …" if len(weights) > 10 else "")
