"""How far weights may move: intervals and boxes by sampling, the smallest flip by brute force."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.governance.priorities.engine.robustness import (
    flips,
    one_way_intervals,
    ranking,
    smallest_flip,
    weight_box,
)
from yui.governance.priorities.tests import reference
from yui.governance.priorities.tests.test_acceptability_engine import PILLARS, tables

EQUAL = [0.2] * 5
FOUR = st.lists(st.integers(1, 20), min_size=4, max_size=4)


def weights_of(parts):
    return [part / sum(parts) for part in parts]


def moved_to(weights, criterion, weight):
    """The weights with one set and the others in proportion."""
    rest = 1 - weights[criterion]
    return [weight if i == criterion else w * (1 - weight) / rest for i, w in enumerate(weights)]


@settings(max_examples=25)
@given(tables(options=st.integers(2, 4), criteria=st.integers(2, 4)), FOUR)
def test_an_order_holds_inside_its_interval_and_not_outside(scores, parts):
    weights = weights_of(parts[: len(scores[0])])
    order = ranking(scores, weights)
    for criterion, interval in enumerate(one_way_intervals(scores, weights)):
        assert interval is not None and interval.low <= weights[criterion] <= interval.high
        for weight in np.linspace(0, 1, 21):
            worth = np.asarray(scores)[list(order)] @ moved_to(weights, criterion, weight)
            holds = bool((np.diff(worth) <= 1e-9).all())
            inside = interval.low - 1e-9 <= weight <= interval.high + 1e-9
            assert holds == inside


def test_an_order_that_never_holds_has_no_interval_and_no_box():
    assert one_way_intervals([[1, 1], [2, 2]], [0.5, 0.5], (0, 1)) == [None, None]
    assert weight_box([[1, 1], [2, 2]], (0, 1)) is None


def test_all_weight_on_one_criterion_leaves_the_rest_to_share():
    (first, *_rest) = one_way_intervals([[1, 5, 5], [2, 1, 1]], [1.0, 0.0, 0.0])
    assert first.high == 1 and first.low == pytest.approx(0.8)


def test_the_box_holds_every_weighting_of_the_order_and_touches_its_ends():
    order = ranking(PILLARS, EQUAL)
    box = weight_box(PILLARS, order)
    random, seen = Random(5), [[1.0, 0.0] for _ in range(5)]
    for _ in range(8_000):
        weights = reference.random_weights(random, 5)
        if reference.ranking(PILLARS, weights) != order:
            continue
        for bounds, interval, weight in zip(seen, box, weights, strict=True):
            assert interval.low - 1e-9 <= weight <= interval.high + 1e-9
            bounds[0], bounds[1] = min(bounds[0], weight), max(bounds[1], weight)
    for bounds, interval in zip(seen, box, strict=True):
        assert bounds[0] - interval.low < 0.1 and interval.high - bounds[1] < 0.25


@settings(max_examples=20)
@given(tables(options=st.integers(2, 3), criteria=st.just(3)), FOUR)
def test_the_smallest_flip_flips_and_nothing_smaller_does(scores, parts):
    weights = weights_of(parts[:3])
    first, flip = reference.ranking(scores, weights)[0], smallest_flip(scores, weights)
    level = [
        other
        for other in reference.grid(3, 30)
        if max(reference.values(scores, other)) > reference.values(scores, other)[first] + 1e-9
    ]
    if flip is None:
        assert not level
        return
    worth = reference.values(scores, flip.weights)
    assert worth[flip.option] >= worth[first] - 1e-9
    assert sum(flip.weights) == pytest.approx(1) and min(flip.weights) >= -1e-9
    assert reference.moved(weights, flip.weights) == pytest.approx(flip.change, abs=1e-7)
    assert all(reference.moved(weights, other) >= flip.change - 1e-9 for other in level)


def test_flips_come_nearest_first_and_leave_out_who_is_worse_everywhere():
    found = flips([[4, 3, 2], [3, 4, 1], [2, 2, 4], [1, 1, 1]], [0.4, 0.3, 0.3])
    assert {flip.option for flip in found} == {1, 2}
    assert [flip.change for flip in found] == sorted(flip.change for flip in found)


def test_level_options_flip_without_any_change():
    assert smallest_flip([[2, 4], [4, 2]], [0.5, 0.5]).change == pytest.approx(0)


def test_one_option_alone_has_nothing_to_fear():
    assert smallest_flip([[1, 2]], [0.5, 0.5]) is None and weight_box([[1, 2]], (0,)) is not None


def test_equal_values_rank_as_they_are_given():
    assert ranking([[2, 2], [3, 1], [2, 2]], [0.5, 0.5]) == (0, 1, 2)
