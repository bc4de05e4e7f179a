"""Agreement of several rankings, against published examples and the definition."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare

from yui.governance.priorities.engine.agreement import compromise, kendall_w, ranks_of
from yui.governance.priorities.tests import reference


def test_three_judges_of_six_contestants_by_hand():
    rankings = [[1, 6, 3, 2, 5, 4], [1, 5, 6, 2, 4, 3], [6, 3, 2, 5, 4, 1]]
    sums = [8, 14, 11, 9, 13, 8]
    spread = sum((each - 10.5) ** 2 for each in sums)
    assert kendall_w(rankings) == pytest.approx(12 * spread / (9 * (216 - 6)))
    assert kendall_w(rankings) == pytest.approx(0.2127, abs=1e-4)


def test_ties_share_their_mean_rank_and_are_corrected_for():
    # By hand: rank sums 4.5, 4.5, 9, 12; S = 40.5; T = 6 for one judge; W = 12 S / (9 * 60 - 3 * 6).
    rankings = [[1.5, 1.5, 3, 4], [1, 2, 3, 4], [2, 1, 3, 4]]
    assert kendall_w(rankings) == pytest.approx(12 * 40.5 / (9 * 60 - 3 * 6))


@given(st.lists(st.permutations([1, 2, 3, 4]), min_size=2, max_size=5))
def test_without_ties_it_is_the_spread_of_rank_sums(rankings):
    assert kendall_w(rankings) == pytest.approx(reference.concordance(rankings), abs=1e-12)


@given(st.lists(st.lists(st.integers(1, 4), min_size=4, max_size=4), min_size=2, max_size=5))
def test_it_is_friedmans_statistic_on_a_scale_from_zero_to_one(values):
    rankings = [ranks_of(row) for row in values]
    if all(len(set(row)) == 1 for row in values):
        assert kendall_w(rankings) is None
        return
    statistic = friedmanchisquare(*zip(*values, strict=True)).statistic
    assert kendall_w(rankings) == pytest.approx(statistic / (len(values) * 3), abs=1e-9)


def test_full_agreement_and_full_disagreement():
    assert kendall_w([[1, 2, 3]] * 4) == pytest.approx(1)
    assert kendall_w([[1, 2, 3], [3, 2, 1]]) == pytest.approx(0)
    assert kendall_w(list(permutations([1, 2, 3]))) == pytest.approx(0)


@pytest.mark.parametrize("rankings", [[], [[1, 2]], [[1], [1]], [[1.5, 1.5], [1.5, 1.5]]])
def test_too_little_says_nothing(rankings):
    assert kendall_w(rankings) is None


def test_ranks_begin_with_the_greatest_and_ties_share():
    assert ranks_of([3, 5, 3, 1]).tolist() == [2.5, 1, 2.5, 4]


def test_a_compromise_is_the_geometric_mean_and_falls_back_where_it_is_nothing():
    assert compromise([[0.8, 0.2], [0.2, 0.8]]) == pytest.approx((0.5, 0.5))
    assert compromise([[0.9, 0.1], [0.4, 0.6]]) == pytest.approx((0.7101, 0.2899), abs=1e-4)
    assert compromise([[1.0, 0.0], [0.0, 1.0]]) == pytest.approx((0.5, 0.5))
    with pytest.raises(ValueError, match="no weights"):
        compromise([])
