"""Where to look: what stands out is found, and nothing is found in a steady line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.transition.costs.engine.signals import look_here


def test_a_single_peak_is_outside():
    values = [2.0, 2.1] * 10
    values[7] = 9.0
    found = look_here(values)
    assert found.outside == (7,)
    assert found.outside_spans == [(7, 7)]


def test_a_step_is_a_long_run_on_each_side_and_the_largest_shift():
    found = look_here([1.0] * 12 + [2.0] * 12)
    assert found.runs == ((0, 11), (12, 23))
    assert found.shift == 12


def test_neighbours_outside_are_one_span():
    values = [2.0, 1.0, 2.0, 1.0] * 10
    values[20:23] = [9.0, 9.0, 9.0]
    assert look_here(values).outside_spans == [(20, 22)]


def test_missing_months_keep_their_places():
    values = [None, *[1.0] * 6, None, *[2.0] * 8]
    found = look_here(values)
    assert found.shift == 8
    assert found.runs == ((8, 15),)


@pytest.mark.parametrize("values", [[], [1.0] * 11, [None] * 40])
def test_too_few_points_tell_nothing(values):
    assert look_here(values) is None


@given(st.lists(st.floats(0.1, 10), min_size=12, max_size=40))
def test_what_is_outside_is_outside(values):
    found = look_here(values)
    assert found.low <= found.centre <= found.high
    for place in found.outside:
        assert not found.low <= values[place] <= found.high
    assert all(last - first >= 7 for first, last in found.runs)
    assert 0 < found.shift < len(values)
