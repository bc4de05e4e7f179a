"""Break-even rates, scenarios, and the Digital Agency's published pilot."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.transition.costs.engine.exchange import Assumption, CostMix, evenly, scenarios
from yui.transition.costs.engine.pilot import PUBLISHED_FEES, pilot

amounts = st.fractions(-(10**12), 10**12, max_denominator=1000)
parts = st.fractions(0, 1, max_denominator=100)
rates = st.fractions(50, 300, max_denominator=100)


@given(amounts, amounts, amounts, st.builds(Assumption, rates, parts, parts))
def test_at_the_break_even_rate_both_cost_the_same(yen, foreign, target, assumed):
    mix = CostMix(yen, foreign)
    even = mix.break_even(target, assumed)
    if even is not None:
        assert mix.at(replace(assumed, rate=even)) == target
    elif mix.per_yen_of_rate(assumed):
        assert (target - yen * (1 - assumed.subsidy)) / mix.per_yen_of_rate(assumed) <= 0


@given(amounts, amounts, st.builds(Assumption, rates, parts, parts))
def test_one_yen_more_costs_what_was_said(yen, foreign, assumed):
    mix, dearer = CostMix(yen, foreign), replace(assumed, rate=assumed.rate + 1)
    assert mix.at(dearer) - mix.at(assumed) == mix.per_yen_of_rate(assumed)


def test_without_a_foreign_part_no_rate_helps():
    assert CostMix(Fraction(100), Fraction(0)).break_even(Fraction(90), Assumption(Fraction(115))) is None
    borne = Assumption(Fraction(115), subsidy=Fraction(1))
    assert CostMix(Fraction(100), Fraction(1)).break_even(Fraction(90), borne) is None


def test_discount_and_subsidy_apply_one_after_the_other():
    mix = CostMix(Fraction(1000), Fraction(10))
    assumed = Assumption(Fraction(100), discount=Fraction(1, 10), subsidy=Fraction(1, 2))
    assert mix.at(assumed) == (1000 + 900) / 2


def test_scenarios_stand_beside_the_target():
    mix = CostMix(Fraction(100), Fraction(1))
    low, high = scenarios(mix, Fraction(200), Assumption(Fraction(1)), evenly(Fraction(50), Fraction(150), 2))
    assert (low.yen, low.difference, low.share) == (150, -50, Fraction(-1, 4))
    assert high.yen == 250
    assert scenarios(mix, Fraction(0), Assumption(Fraction(1)), [Fraction(1)])[0].share is None


@pytest.mark.parametrize(
    "made",
    [
        lambda: Assumption(Fraction(0)),
        lambda: Assumption(Fraction(100), discount=Fraction(2)),
        lambda: Assumption(Fraction(100), subsidy=Fraction(-1)),
        lambda: evenly(Fraction(2), Fraction(1), 5),
        lambda: evenly(Fraction(1), Fraction(2), 1),
    ],
)
def test_assumptions_that_cannot_be_are_refused(made):
    with pytest.raises(ValueError, match=r"positive|between 0 and 1|lower to a higher"):
        made()


def test_the_pilot_gives_the_published_percentages():
    shares = [round(float(each.share) * 100, 1) for each in pilot().scenarios]
    assert shares == [-4.1, 0.3, 4.2]


def test_the_pilot_gives_the_published_fees():
    made = pilot()
    for each in made.scenarios[1:]:
        fee = made.mix.foreign * each.rate
        assert abs(fee - PUBLISHED_FEES[each.rate]) <= 10**6


def test_the_pilot_breaks_even_at_137_and_a_half():
    """The figures are in whole million yen, so the rate is known to some tenths: 137.3, half-yen 137.5."""
    made = pilot()
    assert round(made.break_even * 2) / 2 == 137.5
    assert made.lowest < made.break_even < made.highest
    assert made.lowest <= Fraction("137.5") <= made.highest
