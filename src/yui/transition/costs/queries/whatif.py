"""為替と仮定: what a period would cost under assumptions, beside what it is compared with."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from yui.kernel.money import round_half_up
from yui.kernel.policy import Actor
from yui.transition.costs.engine.exchange import Assumption, Scenario, evenly, scenarios
from yui.transition.costs.queries.bridge import Question
from yui.transition.costs.queries.mix import PeriodMix, mix_of

LOWEST, HIGHEST = Fraction(80), Fraction(220)
USUAL_RATE = Fraction(150)
PLACES = 15


@dataclass(frozen=True)
class Wish:
    """What a reader wants assumed; ``None`` for what the records say."""

    rate: Fraction | None = None
    discount: Fraction = Fraction(0)
    subsidy: Fraction = Fraction(0)
    target: int | None = None


@dataclass(frozen=True)
class WhatIf:
    """The answer.

    Attributes:
        target: the yen compared with: those named, else what the earlier period cost, else the period itself;
            ``None`` while rates are missing for all of these.
        target_is_named: whether the reader named it.
        burden: the cost under the assumption.
        break_even: the rate at which the burden equals the target.
        per_yen: by how much the burden rises with one yen more for a dollar.
    """

    now: PeriodMix
    before: PeriodMix
    assumed: Assumption
    target: Fraction | None
    target_is_named: bool
    burden: Fraction
    per_yen: Fraction
    break_even: Fraction | None
    steps: tuple[Scenario, ...]


def what_if(actor: Actor, question: Question, wish: Wish) -> WhatIf:
    """Return what the later period of ``question`` would cost under the wish."""
    now, before = mix_of(actor, question, question.after), mix_of(actor, question, question.before)
    rate = wish.rate or now.rate or USUAL_RATE
    assumed = Assumption(min(max(rate, LOWEST), HIGHEST), wish.discount, wish.subsidy)
    target = _target(now, before, wish)
    places = evenly(LOWEST, HIGHEST, PLACES)
    return WhatIf(
        now,
        before,
        assumed,
        target,
        wish.target is not None,
        now.mix.at(assumed),
        now.mix.per_yen_of_rate(assumed),
        None if target is None else now.mix.break_even(target, assumed),
        () if target is None else scenarios(now.mix, target, assumed, places),
    )


def _target(now: PeriodMix, before: PeriodMix, wish: Wish) -> Fraction | None:
    if wish.target is not None:
        return Fraction(wish.target)
    for mix in (before, now):
        if mix.rows and mix.actual is not None:
            return Fraction(mix.actual)
    return None


def rounded(value: Fraction, places: int = 0) -> Decimal:
    """Return a fraction as a decimal of so many places, halves away from zero."""
    scaled = round(abs(value) * 10 ** (places + 3))
    return round_half_up(Decimal(scaled if value >= 0 else -scaled).scaleb(-places - 3), places)


def at_rate(answer: WhatIf, rate: Fraction) -> Fraction:
    """Return the burden at another rate, all else as assumed."""
    return answer.now.mix.at(replace(answer.assumed, rate=rate))
