"""The published five-year totals of the Digital Agency's pilot: an example to read the exchange rate by.

Source: ガバメントクラウド先行事業 (市町村の基幹業務システム等) の投資対効果, five-year totals in million yen,
as quoted on a study group's slide. The cloud fee at ¥139 and ¥160 is published beside the one at the rate of
the estimate, from which that rate follows: ¥115. Nothing here is a ward's own figure.
"""

from dataclasses import dataclass
from fractions import Fraction

from yui.transition.costs.engine.exchange import Assumption, CostMix, Scenario, scenarios

MILLION = 10**6
CURRENT_YEN = 4787 * MILLION
CLOUD_TOTAL_YEN = 4589 * MILLION
CLOUD_FEE_YEN = 1023 * MILLION
BASE_RATE = Fraction(115)
RATES = (Fraction(115), Fraction(139), Fraction(160))
PUBLISHED_FEES = {Fraction(139): 1236 * MILLION, Fraction(160): 1423 * MILLION}
HALF_A_MILLION = Fraction(MILLION, 2)
SOURCE = "デジタル庁 ガバメントクラウド先行事業の投資対効果(5年間の合計、研究会資料からの引用)"


@dataclass(frozen=True)
class Pilot:
    """The current systems beside the ones on the government cloud.

    Attributes:
        break_even: the rate at which both cost the same.
        lowest, highest: between which that rate lies, given that every figure is published in whole million
            yen and the rate of the estimate follows from such figures.
    """

    mix: CostMix
    target: Fraction
    scenarios: tuple[Scenario, ...]
    break_even: Fraction
    lowest: Fraction
    highest: Fraction


def pilot() -> Pilot:
    """Return the pilot's totals at the three rates, and its break-even rate."""
    mix = CostMix(Fraction(CLOUD_TOTAL_YEN - CLOUD_FEE_YEN), CLOUD_FEE_YEN / BASE_RATE)
    target, assumed = Fraction(CURRENT_YEN), Assumption(BASE_RATE)
    even = mix.break_even(target, assumed)
    if even is None:
        raise ValueError("the pilot's cloud fee is billed in a foreign currency")
    bounds = [_even(gap, fee) for gap in (-1, 1) for fee in (-1, 1)]
    return Pilot(mix, target, scenarios(mix, target, assumed, RATES), even, min(bounds), max(bounds))


def _even(gap: int, fee: int) -> Fraction:
    """Return the break-even rate when the totals and the fee lie at an end of what rounding hides."""
    distance = CURRENT_YEN - CLOUD_TOTAL_YEN + gap * 2 * HALF_A_MILLION
    first = CLOUD_FEE_YEN + fee * HALF_A_MILLION
    rate, published = next(iter(PUBLISHED_FEES.items()))
    base = rate * first / (published - fee * HALF_A_MILLION)
    return base * (1 + distance / first)
