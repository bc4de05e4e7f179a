"""Shares of rankings: exact against drawn against plain loops."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.governance.priorities.engine.acceptability import (
    MOST_EXACT,
    ScoresWrong,
    confidence_factor,
    drawn_acceptability,
    exact_acceptability,
)
from yui.governance.priorities.tests import reference

PILLARS = [[3, 3, 3, 3, 4], [2, 3, 3, 4, 4], [4, 4, 4, 5, 3]]


FEW = st.integers(1, 4)


def tables(options=FEW, criteria=FEW):
    """Tables of scores 1 to 5 in steps of a half."""
    row = criteria.flatmap(lambda n: options.map(lambda m: (m, n)))
    score = st.integers(2, 10).map(lambda half: half / 2)
    return row.flatmap(
        lambda shape: st.lists(
            st.lists(score, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
        )
    )


@settings(max_examples=30)
@given(tables())
def test_everything_adds_up(scores):
    found = exact_acceptability(scores)
    assert math.isclose(sum(found.orders.values()), 1, abs_tol=1e-9)
    assert np.allclose(found.ranks.sum(axis=0), 1) and np.allclose(found.ranks.sum(axis=1), 1)
    both = found.pairs + found.pairs.T
    assert np.allclose(both[~np.eye(len(scores), dtype=bool)], 1)


@settings(max_examples=20)
@given(tables(), st.randoms(use_true_random=False))
def test_other_names_for_the_options_only_rename_the_result(scores, random):
    order = list(range(len(scores)))
    random.shuffle(order)
    plain, renamed = exact_acceptability(scores), exact_acceptability([scores[i] for i in order])
    distinct = len({tuple(row) for row in scores}) == len(scores)
    if distinct:
        assert np.allclose(plain.ranks[order], renamed.ranks, atol=1e-9)
        assert np.allclose(plain.central[order], renamed.central, atol=1e-6, equal_nan=True)


@settings(max_examples=8)
@given(tables())
def test_what_is_drawn_agrees_with_what_is_exact(scores):
    draws = 20_000
    exact, drawn = exact_acceptability(scores), drawn_acceptability(scores, draws=draws)
    slack = 5 * np.sqrt(np.maximum(exact.ranks * (1 - exact.ranks), 1e-4) / draws)
    assert (np.abs(exact.ranks - drawn.ranks) <= slack).all()
    pairs = ~np.eye(len(scores), dtype=bool)
    assert np.allclose(exact.pairs[pairs], drawn.pairs[pairs], atol=0.025)


def test_plain_loops_find_the_same_orders():
    exact, draws = exact_acceptability(PILLARS), 20_000
    for order, share in reference.shares_by_drawing(PILLARS, draws).items():
        assert exact.orders.get(order, 0) == pytest.approx(share, abs=5 * 0.5 / math.sqrt(draws))


def test_two_options_split_the_space_where_they_are_worth_the_same():
    found = exact_acceptability([[4, 1], [1, 2]])
    assert found.orders[0, 1] == pytest.approx(0.75) and found.orders[1, 0] == pytest.approx(0.25)
    assert found.central[0] == pytest.approx([0.625, 0.375])


@settings(max_examples=20)
@given(tables(options=st.integers(1, 3)))
def test_an_option_worse_everywhere_is_never_first(scores):
    worse = [each - 0.5 for each in scores[0]]
    found = exact_acceptability([*scores, worse])
    assert found.ranks[-1, 0] == 0 and np.isnan(found.central[-1]).all()
    assert drawn_acceptability([*scores, worse], draws=2_000).ranks[-1, 0] == 0


def test_equal_options_stand_as_they_are_given():
    for found in (exact_acceptability([[3, 4]] * 3), drawn_acceptability([[3, 4]] * 3, draws=500)):
        assert found.ranks.tolist() == np.eye(3).tolist()


def test_six_options_have_up_to_720_orders():
    table = np.random.default_rng(3).uniform(1, 5, (MOST_EXACT, 5))
    found = exact_acceptability(table)
    assert set(found.orders) <= set(permutations(range(MOST_EXACT)))
    assert sum(found.orders.values()) == pytest.approx(1, abs=1e-9)


def test_uncertain_scores_blur_a_sure_rank():
    scores = [[3.2, 3.2], [3, 3]]
    assert drawn_acceptability(scores, draws=4_000).ranks[0, 0] == 1
    blurred = drawn_acceptability(scores, draws=4_000, uncertainty=1.0).ranks[0, 0]
    assert 0.5 < blurred < 0.75
    sure = [[0.0, 0.0], [1.0, 1.0]]
    assert 0.5 < drawn_acceptability(scores, draws=4_000, uncertainty=sure).ranks[0, 0] < 1


def test_the_same_seed_gives_the_same_shares():
    one, other = (drawn_acceptability(PILLARS, draws=1_000, seed=7, uncertainty=0.5) for _ in range(2))
    assert one.ranks.tolist() == other.ranks.tolist()


def test_confidence_in_a_first_place_falls_with_the_uncertainty():
    weights = [0.2] * 5
    sure = confidence_factor(PILLARS, 2, weights, uncertainty=0.0)
    unsure = confidence_factor(PILLARS, 2, weights, uncertainty=2.0)
    assert sure == 1 and 0.5 < unsure < 1


@pytest.mark.parametrize("scores", [[], [[]], [1, 2], [[1, float("nan")]], [[1, float("inf")]]])
def test_what_is_no_table_is_refused(scores):
    with pytest.raises(ScoresWrong):
        exact_acceptability(scores)


def test_too_many_options_and_wrong_draws_are_refused():
    with pytest.raises(ScoresWrong):
        exact_acceptability([[1, 2]] * (MOST_EXACT + 1))
    with pytest.raises(ScoresWrong):
        drawn_acceptability(PILLARS, draws=0)
    with pytest.raises(ScoresWrong):
        drawn_acceptability(PILLARS, draws=5, uncertainty=-1)
    with pytest.raises(ScoresWrong):
        confidence_factor(PILLARS, 0, [0.2] * 5, uncertainty=-1)
