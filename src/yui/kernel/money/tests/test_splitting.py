"""Splitting conserves every yen and is fair, for any total and any usable weights."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.money import WeightsNotUsable, split_largest_remainder

one_weight = st.one_of(
    st.integers(0, 10**9),
    st.decimals(0, 10**6, places=4),
    st.fractions(0, 10**4, max_denominator=997),
)
usable = st.lists(one_weight, min_size=1, max_size=30).filter(any)
totals = st.integers(-(10**15), 10**15)


@given(totals, usable)
def test_every_yen_is_conserved(total, weights):
    assert sum(split_largest_remainder(total, weights)) == total


@given(totals, usable)
def test_each_part_is_within_one_yen_of_its_share(total, weights):
    whole = sum(Fraction(weight) for weight in weights)
    for part, weight in zip(split_largest_remainder(total, weights), weights, strict=True):
        assert abs(part - total * Fraction(weight) / whole) < 1


@given(totals, usable)
def test_a_negative_total_is_the_mirror_image(total, weights):
    mirrored = [-part for part in split_largest_remainder(-total, weights)]
    assert split_largest_remainder(total, weights) == mirrored


@given(totals, usable, st.integers(1, 1000))
def test_only_proportions_count(total, weights, factor):
    scaled = [Fraction(weight) * factor for weight in weights]
    assert split_largest_remainder(total, scaled) == split_largest_remainder(total, weights)


@given(totals, usable)
def test_larger_weights_never_get_less(total, weights):
    parts = split_largest_remainder(abs(total), weights)
    exact = [Fraction(weight) for weight in weights]
    pairs = sorted(zip(exact, parts, strict=True))
    for (lighter, less), (heavier, more) in pairwise(pairs):
        assert lighter == heavier or less <= more


def test_ties_go_to_the_lower_index():
    assert split_largest_remainder(100, [1, 1, 1]) == [34, 33, 33]
    assert split_largest_remainder(-100, [1, 1, 1]) == [-34, -33, -33]
    assert split_largest_remainder(2, [1, 1, 1, 1]) == [1, 1, 0, 0]


def test_zero_weights_get_nothing():
    assert split_largest_remainder(10, [0, Decimal("0.3"), 0]) == [0, 10, 0]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [Decimal("NaN")], [Decimal("Infinity"), 1]])
def test_unusable_weights(weights):
    with pytest.raises(WeightsNotUsable, match="按分"):
        split_largest_remainder(100, weights)
