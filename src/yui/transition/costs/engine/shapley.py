"""What each factor of a product contributed to its change, and rounding that loses nothing.

The Shapley value (L. S. Shapley, "A Value for n-Person Games", 1953) is the only way to share out a change
that adds up exactly, gives nothing to a factor that stayed the same, treats factors alike and does not
depend on an order chosen by hand. Everything is whole numbers: no float, and so no remainder.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial, prod

Factors = Sequence[Fraction]


def shapley(before: Factors, after: Factors) -> tuple[list[int], int]:
    """Return each factor's contribution to ``prod(after) - prod(before)``, over one common denominator.

    Factors that stayed the same are left out of the orders looked at: their contribution is zero, and leaving
    them out changes nobody else's.
    """
    olds, news, denominator = [], [], 1
    for old, new in zip(before, after, strict=True):
        olds.append(old.numerator * new.denominator)
        news.append(new.numerator * old.denominator)
        denominator *= old.denominator * new.denominator
    changed = [index for index in range(len(olds)) if olds[index] != news[index]]
    constant = prod(olds[index] for index in range(len(olds)) if index not in changed)
    count = len(changed)
    contributions = [0] * len(olds)
    for index in changed:
        others = [other for other in changed if other != index]
        weighted = sum(
            factorial(size) * factorial(count - 1 - size) * _products(others, size, olds, news)
            for size in range(count)
        )
        contributions[index] = (news[index] - olds[index]) * constant * weighted
    return contributions, denominator * factorial(count)


def _products(others: Sequence[int], size: int, olds: Sequence[int], news: Sequence[int]) -> int:
    """Return the products of ``others`` with so many of them new, added up over every choice of these."""
    return sum(
        prod(news[other] if other in chosen else olds[other] for other in others)
        for chosen in combinations(others, size)
    )


def settled(parts: Sequence[int], denominator: int, total: int) -> list[int]:
    """Round ``parts`` over ``denominator`` to whole numbers that add up to ``total``.

    Parts are cut towards zero; what is left goes, one by one, to the largest remainders on the side of what
    is left (the largest-remainder method for parts of either sign). A part of zero stays zero, and negated
    parts give the negated answer.

    Raises:
        ValueError: when something is left and every part is zero.
    """
    cut = [abs(part) // denominator * (1 if part >= 0 else -1) for part in parts]
    left = total - sum(cut)
    if not left:
        return cut
    sign = 1 if left > 0 else -1
    rests = [sign * (part - whole * denominator) for part, whole in zip(parts, cut, strict=True)]
    order = sorted((index for index, part in enumerate(parts) if part), key=lambda index: -rests[index])
    if not order:
        raise ValueError(f"{total} cannot be shared out over parts that are all zero")
    for step in range(abs(left)):
        cut[order[step % len(order)]] += sign
    return cut
