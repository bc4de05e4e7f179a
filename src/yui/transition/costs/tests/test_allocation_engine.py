"""Sharing loses nothing, whatever the amount, the weights and the rules."""

import os
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.kernel.money import WeightsNotUsable
from yui.transition.costs.engine.allocation import allocate, quantum_of, ratios
from yui.transition.costs.engine.allocation_rules import (
    Basis,
    BasisMissing,
    Component,
    Coverage,
    Lacking,
    Method,
    deciding,
    weights_of,
)
from yui.transition.costs.engine.rows import EXACT

# 10,000 with YUI_TEST_EXAMPLES=10000; a few hundred in every run.
EXAMPLES = int(os.environ.get("YUI_TEST_EXAMPLES", "200"))
CODES = tuple(f"13{number:04d}" for number in range(23))
AMOUNTS = st.one_of(
    st.integers(-(10**12), 10**12).map(Decimal),
    st.decimals("-100000000", "100000000", allow_nan=False, places=17),
)
SMALL = st.one_of(st.just(Decimal(0)), st.decimals("0", "1000000", allow_nan=False, places=6))


def added(amounts) -> Decimal:
    total = Decimal(0)
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total


@st.composite
def rule_sets(draw):
    """A version of any method with a basis that fits, now and then with nothing to divide by."""
    codes = CODES[: draw(st.integers(1, len(CODES)))]
    basis = Basis(
        codes,
        {code: draw(SMALL) for code in codes},
        {code: draw(st.integers(1, 1_000_000)) for code in codes},
        {code: draw(SMALL) for code in codes},
    )
    method = draw(st.sampled_from(Method))
    simple = [Method.EVEN, Method.POPULATION, Method.USAGE, Method.WEIGHT]
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=3, max_size=3)))
    percents = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
    return (
        method,
        basis,
        tuple(Component(m, Decimal(percent)) for m, percent in zip(simple, percents, strict=True)),
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(rule_sets(), AMOUNTS, st.sampled_from(["JPY", "USD"]))
def test_every_rule_set_conserves_the_amount(rule, amount, currency):
    method, basis, components = rule
    try:
        weights = weights_of(method, basis, components)
    except BasisMissing as error:
        assert error.lacking in {Lacking.QUANTITIES, Lacking.WEIGHTS}
        return
    assert sum(weights) == 1
    quantum = quantum_of(currency)
    shares = allocate(amount, quantum, weights)
    assert added(shares) == amount
    parts = ratios(weights)
    assert added(parts) == 1
    for share, weight, part in zip(shares, weights, parts, strict=True):
        assert abs(Fraction(share) - Fraction(amount) * weight) < Fraction(quantum)
        assert share * amount >= 0
        assert 0 <= part <= 1
        assert weight or not share
    assert allocate(amount, quantum, weights) == shares
    assert allocate(-amount, quantum, weights) == tuple(-share for share in shares)


def test_a_yen_that_remains_goes_to_the_largest_remainder_then_to_the_first():
    weights = [Fraction(1), Fraction(1), Fraction(1)]
    assert allocate(Decimal(100), Decimal(1), weights) == (34, 33, 33)
    assert allocate(Decimal(-100), Decimal(1), weights) == (-34, -33, -33)
    assert allocate(Decimal(10), Decimal(1), [Fraction(14), Fraction(33), Fraction(53)]) == (2, 3, 5)


def test_what_lies_below_one_quantum_stays_whole():
    assert allocate(Decimal("10.5"), Decimal(1), [Fraction(1), Fraction(1)]) == (Decimal("5.5"), Decimal(5))
    assert allocate(Decimal("0.25"), Decimal(1), [Fraction(0), Fraction(1)]) == (0, Decimal("0.25"))


def test_a_single_receiver_gets_everything_and_nobody_gets_a_share_of_nothing():
    assert allocate(Decimal("-7.123"), Decimal(1), [Fraction(3)]) == (Decimal("-7.123"),)
    assert allocate(Decimal(0), Decimal(1), [Fraction(1), Fraction(2)]) == (0, 0)


@pytest.mark.parametrize("weights", [[], [Fraction(0)], [Fraction(2), Fraction(-1)]])
def test_unusable_weights_are_refused(weights):
    with pytest.raises(WeightsNotUsable):
        allocate(Decimal(1), Decimal(1), weights)


def test_a_quantum_is_positive():
    with pytest.raises(ValueError, match="quantum"):
        allocate(Decimal(1), Decimal(0), [Fraction(1)])


def test_methods_divide_by_what_they_say():
    basis = Basis(
        ("a", "b"),
        {"a": Decimal(1), "b": Decimal(3)},
        {"a": 300, "b": 100},
        {"a": Decimal(0), "b": Decimal(5)},
    )
    half, quarter, rest = Fraction(1, 2), Fraction(1, 4), Fraction(3, 4)
    assert weights_of(Method.EVEN, basis) == (half, half)
    assert weights_of(Method.WEIGHT, basis) == (quarter, rest)
    assert weights_of(Method.POPULATION, basis) == (rest, quarter)
    assert weights_of(Method.USAGE, basis) == (0, 1)
    mixed = (Component(Method.EVEN, Decimal(40)), Component(Method.POPULATION, Decimal(60)))
    assert weights_of(Method.MIXED, basis, mixed) == (Fraction(65, 100), Fraction(35, 100))


def test_a_receiver_without_residents_stops_the_division():
    with pytest.raises(BasisMissing) as missing:
        weights_of(Method.POPULATION, Basis(("a", "b"), residents={"a": 5}))
    assert (missing.value.lacking, missing.value.receivers) == (Lacking.RESIDENTS, ("b",))
    with pytest.raises(BasisMissing) as nothing:
        weights_of(Method.USAGE, Basis(("a",), quantities={"a": Decimal(0)}))
    assert nothing.value.receivers == ()
    with pytest.raises(BasisMissing):
        weights_of(Method.EVEN, Basis(()))


@pytest.mark.parametrize("percents", [(50, 40), (110, -10), ()])
def test_percentages_that_are_not_a_whole_are_refused(percents):
    methods = (Method.EVEN, Method.WEIGHT)
    parts = tuple(Component(methods[place], Decimal(percent)) for place, percent in enumerate(percents))
    with pytest.raises(BasisMissing) as missing:
        weights_of(Method.MIXED, Basis(("a",), {"a": Decimal(1)}), parts)
    assert missing.value.lacking == Lacking.COMPONENTS


def test_the_most_particular_rule_decides():
    cost = Coverage("acct", "S-1", "クラウド", "cloud")
    rules = [
        (Coverage(), "everything"),
        (Coverage(cost_category="cloud"), "category"),
        (Coverage(provider="クラウド", cost_category="cloud"), "provider"),
        (Coverage(system_code="S-1"), "system"),
        (Coverage(account="acct"), "account"),
        (Coverage(account="other", system_code="S-1"), "elsewhere"),
    ]
    for count, name in enumerate(
        ["everything", "category", "provider", "system", "account", "account"], start=1
    ):
        assert deciding(rules[:count], cost) == name
        assert deciding(reversed(rules[:count]), cost) == name
    assert deciding(rules[5:], cost) is None
