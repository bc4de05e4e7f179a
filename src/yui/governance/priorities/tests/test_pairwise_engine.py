"""Pairwise comparisons against Saaty's published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.governance.priorities.engine.pairwise import ComparisonsWrong, pairwise_weights

DRINKS = [
    [1, 9, 5, 2, 1, 1, 1 / 2],
    [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
    [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [1, 9, 4, 2, 1, 2, 1 / 2],
    [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [2, 9, 9, 3, 2, 3, 1],
]
"""Consumption of drinks in the U.S.: coffee, wine, tea, beer, sodas, milk, water (Saaty 2008, table 2)."""


def test_saatys_drinks():
    found = pairwise_weights(DRINKS)
    assert found.weights == pytest.approx((0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327), abs=0.01)
    assert found.ratio == pytest.approx(0.022, abs=0.004) and found.is_consistent


def test_consistent_comparisons_give_their_weights_back():
    @given(st.lists(st.floats(0.05, 1), min_size=3, max_size=6))
    def check(weights):
        matrix = [[one / other for other in weights] for one in weights]
        found = pairwise_weights(matrix)
        assert found.weights == pytest.approx([each / sum(weights) for each in weights])
        assert found.ratio == pytest.approx(0, abs=1e-9)

    check()


def test_going_in_circles_is_inconsistent():
    found = pairwise_weights([[1, 5, 1 / 5], [1 / 5, 1, 5], [5, 1 / 5, 1]])
    assert found.weights == pytest.approx((1 / 3,) * 3) and not found.is_consistent


def test_two_criteria_cannot_contradict_each_other():
    assert pairwise_weights([[1, 3], [1 / 3, 1]]).ratio == 0


@pytest.mark.parametrize(
    "matrix",
    [[[1]], [[1, 2]], [[1, 2], [2, 1]], [[1, 0], [0, 1]], [[1, -2], [-0.5, 1]], [[1, float("nan")]] * 2],
)
def test_what_is_no_comparison_is_refused(matrix):
    with pytest.raises(ComparisonsWrong):
        pairwise_weights(matrix)
