"""The tree says what the article says."""

from decimal import Decimal

import pytest

from yui.governance.indicators.tree import TREE_FILE, Direction, TreeError, Window, read_tree, tree
from yui.kernel.calendar_jp import Month, Period
from yui.kernel.measures.values import Unit

ARTICLE = {
    "1-KGI-1": (None, "percent", "stabilise", "移行完了後3年以内に安定化"),
    "1-KSI-1": (80, "percent", "at_least", "全庁の80%以上"),
    "1-KPI-1": (15, "percent", "at_least", "平均15%以上"),
    "1-KPI-2": (200, "times", "at_least", "200回以上"),
    "1-KPI-3": (10, "count", "at_least", "10件以上"),
    "2-KGI-1": (0, "count", "at_most", "ゼロに維持"),
    "2-KSI-1": (100, "percent", "at_least", "全ての特別区"),
    "2-KPI-1": (24, "hours", "at_most", "24時間以内"),
    "2-KPI-2": (1, "times", "at_least", "年1回以上"),
    "2-KPI-3": (None, "count", "report", "月次報告"),
    "3-KGI-1": (2, "ratio", "at_least", "3年間で2倍"),
    "3-KSI-1": (5000, "people", "at_least", "延べ5,000人"),
    "3-KPI-1": (100, "count", "at_least", "年間100件以上"),
    "3-KPI-2": (200, "count", "at_least", "年間200件以上"),
    "3-KPI-3": (50, "days", "at_least", "年間50日以上"),
}


def test_the_tree_holds_the_article_s_indicators_and_no_others():
    assert [indicator.code for indicator in tree().indicators] == list(ARTICLE)
    assert [pillar.number for pillar in tree().pillars] == [1, 2, 3]


@pytest.mark.parametrize("code", ARTICLE)
def test_targets_are_the_article_s(code):
    target, unit, direction, words = ARTICLE[code]
    found = tree().find(code)
    assert found.target == (None if target is None else Decimal(target))
    assert (found.unit.value, found.direction.value) == (unit, direction)
    assert words in found.statement
    assert found.data_acquisition


def test_codes_are_found_in_any_case_and_unknown_ones_are_not():
    assert tree().find("1-kgi-1") is tree().find("1-KGI-1")
    assert tree().find("9-KGI-9") is None


def test_a_joint_target_is_no_ward_s_target():
    workshops = tree().find("1-KPI-2")
    assert workshops.target_for(joint=True) == 200
    assert workshops.target_for(joint=False) is None


@pytest.mark.parametrize(
    ("window", "first", "elapsed"),
    [
        (Window.MONTH, Month(2027, 2), (1, 1)),
        (Window.FISCAL_YEAR, Month(2026, 4), (11, 12)),
        (Window.THREE_FISCAL_YEARS, Month(2024, 4), (35, 36)),
        (Window.TRAILING_YEAR, Month(2026, 3), (12, 12)),
    ],
)
def test_windows_end_with_their_month(window, first, elapsed):
    month = Month(2027, 2)
    assert window.period(month) == Period.of_months(first, month)
    assert window.elapsed(month) == elapsed


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('unit = "hours"', 'unit = "fortnights"'), "2-KPI-1"),
        (("target = 24\n", ""), "target and direction"),
        (('code = "2-KPI-2"', 'code = "2-KPI-1"'), "twice"),
        (('due = "three_years_after_start"', 'due = "some_day"'), "some_day"),
        (("joint_only_target = true", "joint_only = true"), "joint_only"),
    ],
)
def test_a_wrong_tree_says_where_it_is_wrong(change, message):
    text = TREE_FILE.read_text(encoding="utf-8").replace(*change, 1)
    with pytest.raises(TreeError, match=message):
        read_tree(text)


def test_every_unit_and_direction_of_the_code_is_readable():
    assert {indicator.direction for indicator in tree().indicators} == set(Direction)
    assert {indicator.unit for indicator in tree().indicators} <= set(Unit)
