"""Sharing an exact amount among receivers: no part of it is lost, and equal questions have equal answers."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from yui.kernel.money import WeightsNotUsable
from yui.transition.costs.engine.rows import EXACT

RATIO_QUANTUM = Decimal(1).scaleb(-18)
"""The step of published ratios: the lake's decimals have 18 places after the point."""

_WITHOUT_MINOR_UNIT = frozenset({"JPY", "KRW"})


def quantum_of(currency: str) -> Decimal:
    """Return the smallest unit in which a currency is paid (ISO 4217): one yen, one cent."""
    return Decimal(1) if currency in _WITHOUT_MINOR_UNIT else Decimal("0.01")


def allocate(amount: Decimal, quantum: Decimal, weights: Sequence[Fraction]) -> tuple[Decimal, ...]:
    """Share ``amount`` in proportion to ``weights`` in steps of ``quantum`` by the largest remainder.

    The shares add up to the amount exactly, also where it is no multiple of the quantum (a bill may carry
    fractions of a yen): the rest below one quantum goes, whole, to the receiver that stands next in the order
    of remainders. Each share lies within one quantum of its exact value, and none has the other sign than the
    amount. Equal remainders go to the lower index; a negative amount (a credit) is shared as its mirror
    image; a receiver of weight 0 gets nothing.

    Raises:
        WeightsNotUsable: when the weights are empty, all zero or negative.
        ValueError: when the quantum is not positive.
    """
    if quantum <= 0:
        raise ValueError(f"a quantum is positive, not {quantum}")
    parts = _whole(weights)
    steps = Fraction(abs(amount)) / Fraction(quantum)
    whole, below = sum(parts), steps.denominator
    floors, remainders = zip(*(divmod(steps.numerator * part, below * whole) for part in parts), strict=True)
    counts = list(floors)
    order = sorted(range(len(parts)), key=lambda index: -remainders[index])
    full = steps.numerator // below
    left = full - sum(counts)
    for index in order[:left]:
        counts[index] += 1
    shares = [EXACT.multiply(Decimal(count), quantum) for count in counts]
    rest = EXACT.subtract(abs(amount), EXACT.multiply(Decimal(full), quantum))
    if rest:
        shares[order[left]] = EXACT.add(shares[order[left]], rest)
    return tuple(shares if amount >= 0 else (-share for share in shares))


def ratios(weights: Sequence[Fraction]) -> tuple[Decimal, ...]:
    """Return the part of each weight in the whole with 18 decimals; together they are exactly 1.

    This is the ``AllocatedRatio`` of FOCUS 1.3 and later ("MUST sum up to 1 (100%)").

    Raises:
        WeightsNotUsable: as ``allocate``.
    """
    return allocate(Decimal(1), RATIO_QUANTUM, weights)


def _whole(weights: Sequence[Fraction]) -> list[int]:
    """Return the weights as whole numbers in the same proportion."""
    if not any(weights) or min(weights) < 0:
        raise WeightsNotUsable(", ".join(str(weight) for weight in weights[:10]))
    scale = lcm(*(weight.denominator for weight in weights))
    return [weight.numerator * (scale // weight.denominator) for weight in weights]
