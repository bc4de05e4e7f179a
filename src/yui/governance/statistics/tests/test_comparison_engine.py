"""A ward beside the others: exact quartiles, honest gaps, places."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.governance.statistics.engine.comparison import LinesDiffer, compare_lines, quantile

VALUES = st.decimals(min_value=-(10**14), max_value=10**14, places=9, allow_nan=False)


def lines(*rows):
    return {
        str(number): [None if value is None else Decimal(value) for value in row]
        for number, row in enumerate(rows)
    }


@given(st.lists(VALUES, min_size=1, max_size=23), st.sampled_from([1, 2, 3]))
def test_quantiles_are_those_of_numpy_and_exact(values, quarters):
    found = quantile(sorted(values), quarters)
    exact = sorted(Fraction(value) for value in values)
    place = Fraction((len(exact) - 1) * quarters, 4)
    low = int(place)
    high = min(low + 1, len(exact) - 1)
    assert Fraction(found) == exact[low] + (exact[high] - exact[low]) * (place - low)
    numbers = numpy.array([float(value) for value in values])
    expected = numpy.quantile(numbers, quarters / 4, method="linear")
    assert float(found) == pytest.approx(expected, rel=1e-9, abs=1e-3)


@given(st.lists(st.one_of(st.none(), VALUES), min_size=1, max_size=23))
def test_a_comparison_says_what_it_counted_and_keeps_order(column):
    values = {str(number): [value] for number, value in enumerate(column)}
    found = compare_lines(["2025年"], values, "0", [None])
    known = [value for value in column if value is not None]
    assert found.counted == (len(known),)
    assert (found.median[0] is None) == (not known)
    assert (found.lower[0] is None) == (found.upper[0] is None) == (len(known) < 3)
    if found.lower[0] is not None:
        assert min(known) <= found.lower[0] <= found.median[0] <= found.upper[0] <= max(known)
    if column[0] is None:
        assert (found.rank, found.of) == (None, 0)
    else:
        assert found.rank == 1 + sorted(known, reverse=True).index(column[0]) and found.of == len(known)


def test_the_own_place_is_that_of_the_last_period_with_a_value():
    values = lines((5, 1, None), (4, 2, 9), (3, 2, 8))
    found = compare_lines(["a", "b", "c"], values, "0", [None, Decimal(7), None])
    assert found.own == (Decimal(5), Decimal(1), None) and found.last_own == 1
    assert (found.rank, found.of) == (3, 3)
    assert found.nation == (None, Decimal(7), None)
    assert compare_lines(["a", "b", "c"], values, "1", [None] * 3).rank == 1


def test_equal_values_share_a_place():
    found = compare_lines(["a"], lines((2,), (2,), (1,)), "1", [None])
    assert (found.rank, found.of) == (1, 3)


def test_two_wards_have_a_median_but_no_quartiles():
    found = compare_lines(["a"], lines((1,), (2,)), None, [None])
    assert (found.lower, found.median, found.upper) == ((None,), (Decimal("1.5"),), (None,))
    assert found.own == (None,) and found.rank is None


def test_an_unknown_own_ward_has_an_empty_line():
    found = compare_lines(["a", "b"], lines((1, 2)), "999999", [None, None])
    assert found.own == (None, None) and found.last_own is None


def test_nothing_to_compare_is_no_error():
    found = compare_lines([], {}, "131032", [])
    assert found.periods == found.median == () and found.of == 0


@pytest.mark.parametrize("nation", [[], [None, None]])
def test_lines_of_other_lengths_are_refused(nation):
    with pytest.raises(LinesDiffer, match="nation"):
        compare_lines(["a"], lines((1,)), None, nation)
