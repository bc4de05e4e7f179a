"""The statistic: exact where it can be counted, and sensible at its ends."""

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.security.soc.engine.joint.surprise import Prior, at_least, daily_chances, surprise, within

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=8)


@given(CHANCES, st.integers(0, 8))
def test_the_tail_equals_counting_every_outcome(chances, wards):
    counted = sum(
        prod(p if shows else 1 - p for p, shows in zip(chances, outcome, strict=True))
        for outcome in product((False, True), repeat=len(chances))
        if sum(outcome) >= wards
    )
    assert at_least(chances, wards) == pytest.approx(min(1.0, counted), rel=1e-9, abs=1e-300)


def test_tiny_tails_keep_their_size():
    assert at_least([1e-6] * 23, 5) == pytest.approx(33649 * 1e-30, rel=1e-3)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=23))
def test_chances_lie_between_prior_and_share(days_seen):
    chances = daily_chances(days_seen, 30, Prior(0.02, 2.0), 5.0)
    assert all(0 < chance <= 1 for chance in chances)
    assert sorted(chances) == [chance for _seen, chance in sorted(zip(days_seen, chances, strict=True))]


def test_without_history_the_prior_speaks():
    assert daily_chances([0, 0], 0, Prior(1.0, 3.0), 5.0) == [0.25, 0.25]


def test_a_week_sees_more_than_a_day():
    assert within([0.5], 2) == [0.75]
    assert within([0.5], 1) == [0.5]
    assert within([1.0], 7) == [1.0]


def test_surprise_is_minus_the_power_of_ten():
    assert surprise(0.001) == pytest.approx(3)
    assert surprise(50) == 0
    assert surprise(0) == 300
