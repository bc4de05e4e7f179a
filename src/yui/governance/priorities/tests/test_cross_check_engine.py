"""The score of evidence, and the two other methods."""

import pytest

from yui.governance.priorities.engine.cross_check import promethee, topsis
from yui.governance.priorities.engine.evidence import Strength, evidence_score


def test_evidence_earns_one_to_five():
    statistics, opinion = [Strength.STATISTICS, Strength.OPINION], [Strength.OPINION]
    assert evidence_score([statistics] * 4) == 5
    assert evidence_score([[], [], [], []]) == 1
    assert evidence_score([statistics, opinion, [], [Strength.REPORT]]) == 1 + (4 + 1 + 0 + 3) / 4
    assert evidence_score([]) == 1


def test_more_evidence_of_a_kind_adds_nothing_and_better_evidence_does():
    assert evidence_score([[Strength.EXAMPLE] * 5]) == evidence_score([[Strength.EXAMPLE]])
    assert evidence_score([[Strength.EXAMPLE, Strength.REPORT]]) > evidence_score([[Strength.EXAMPLE]])


def test_topsis_by_hand():
    found = topsis([[3, 4], [4, 3]], [0.5, 0.5])
    assert found == pytest.approx([0.5, 0.5])
    assert topsis([[4, 4], [3, 3], [1, 1]], [0.5, 0.5]) == pytest.approx([1, 2 / 3, 0])
    assert topsis([[2, 2], [2, 2]], [0.5, 0.5]) == pytest.approx([0.5, 0.5])


def test_promethee_by_hand():
    assert promethee([[3, 1], [1, 3]], [0.7, 0.3]) == pytest.approx([0.4, -0.4])
    assert promethee([[3, 3], [2, 2], [2, 2]], [0.5, 0.5]) == pytest.approx([1, -0.5, -0.5])
    assert promethee([[1, 2]], [0.5, 0.5]) == pytest.approx([0])
