"""A cost at another exchange rate, discount or subsidy, and the rate at which two costs meet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

Amount = Fraction


@dataclass(frozen=True)
class Assumption:
    """What is assumed of a cost.

    Attributes:
        rate: yen for one unit of the foreign currency.
        discount: the part (0 to 1) taken off what is billed in the foreign currency.
        subsidy: the part (0 to 1) of the cost, after the discount, that somebody else bears.
    """

    rate: Fraction
    discount: Fraction = Fraction(0)
    subsidy: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if self.rate <= 0:
            raise ValueError(f"a rate is positive, not {self.rate}")
        for part in (self.discount, self.subsidy):
            if not 0 <= part <= 1:
                raise ValueError(f"a part lies between 0 and 1, not {part}")


@dataclass(frozen=True)
class CostMix:
    """A cost by the currencies that it is billed in: so many yen, and so many units of a foreign currency."""

    yen: Amount
    foreign: Amount

    def at(self, assumed: Assumption) -> Amount:
        """Return the burden in yen under an assumption, exact."""
        billed = self.yen + self.foreign * (1 - assumed.discount) * assumed.rate
        return billed * (1 - assumed.subsidy)

    def per_yen_of_rate(self, assumed: Assumption) -> Amount:
        """Return by how many yen the burden rises when the rate rises by one yen."""
        return self.foreign * (1 - assumed.discount) * (1 - assumed.subsidy)

    def break_even(self, target: Amount, assumed: Assumption) -> Fraction | None:
        """Return the rate at which the burden equals ``target``; ``None`` where no positive rate does.

        Without a foreign part, or under a full discount or subsidy, the rate changes nothing.
        """
        slope = self.per_yen_of_rate(assumed)
        if not slope:
            return None
        rate = (target - self.yen * (1 - assumed.subsidy)) / slope
        return rate if rate > 0 else None


@dataclass(frozen=True)
class Scenario:
    """The burden at one rate, and its difference to the target; the share is a part, not percent."""

    rate: Fraction
    yen: Amount
    difference: Amount
    share: Fraction | None


def scenarios(
    mix: CostMix, target: Amount, assumed: Assumption, rates: Sequence[Fraction]
) -> tuple[Scenario, ...]:
    """Return the burden at each rate beside ``target``."""
    found = []
    for rate in rates:
        yen = mix.at(replace(assumed, rate=rate))
        share = (yen - target) / target if target else None
        found.append(Scenario(rate, yen, yen - target, share))
    return tuple(found)


def evenly(low: Fraction, high: Fraction, count: int) -> tuple[Fraction, ...]:
    """Return so many rates from ``low`` to ``high``, both included, evenly apart.

    Raises:
        ValueError: for fewer than two, or ends in the wrong order.
    """
    if count < 2 or low >= high:
        raise ValueError("rates run from a lower to a higher one, two at least")
    step = (high - low) / (count - 1)
    return tuple(low + step * number for number in range(count))
