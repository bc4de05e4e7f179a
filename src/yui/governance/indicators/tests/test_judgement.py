"""How a figure stands."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.governance.indicators.engine.judgement import (
    Status,
    judge_ceiling,
    judge_level,
    judge_ratio,
    judge_report,
    judge_sum,
)
from yui.governance.indicators.engine.levels import LEVELS, level_of
from yui.governance.indicators.queries.figures import joint_scope, judge
from yui.governance.indicators.tree import tree
from yui.kernel.calendar_jp import Month

amounts = st.decimals(-(10**6), 10**6, places=2)


def rise(last: int, step: int = 1, months: int = 12) -> list[Decimal]:
    return [Decimal(last - step * back) for back in range(months - 1, -1, -1)]


@pytest.mark.parametrize(
    ("history", "left", "expected"),
    [
        (rise(80), 0, Status.ACHIEVED),
        (rise(78), 2, Status.ON_TRACK),
        (rise(78), 1, Status.LATE),
        (rise(78, -1), 36, Status.LATE),
        (rise(78)[-5:], 12, Status.UNDETERMINED),
        ([*rise(78), None], 12, Status.NO_DATA),
        ([], 12, Status.NO_DATA),
    ],
)
def test_a_level_is_judged_by_its_trend(history, left, expected):
    assert judge_level(history, Decimal(80), rising=True, months_left=left) is expected


def test_a_level_that_must_fall_is_reached_from_above():
    assert judge_level(rise(24, -3), Decimal(24), rising=False, months_left=0) is Status.ACHIEVED
    assert judge_level(rise(30, -3), Decimal(24), rising=False, months_left=2) is Status.ON_TRACK
    assert judge_level(rise(30, -3), Decimal(24), rising=False, months_left=1) is Status.LATE


@pytest.mark.parametrize(
    ("value", "elapsed", "expected"),
    [
        (None, 6, Status.NO_DATA),
        (200, 3, Status.ACHIEVED),
        (100, 6, Status.ON_TRACK),
        (99, 6, Status.LATE),
        (0, 1, Status.LATE),
        (199, 12, Status.LATE),
    ],
)
def test_a_sum_is_judged_by_what_is_due_by_now(value, elapsed, expected):
    assert judge_sum(None if value is None else Decimal(value), Decimal(200), elapsed, 12) is expected


def test_a_ceiling_of_zero_is_kept_or_not():
    assert judge_ceiling(Decimal(0), Decimal(0)) is Status.ACHIEVED
    assert judge_ceiling(Decimal(1), Decimal(0)) is Status.LATE
    assert judge_ceiling(None, Decimal(0)) is Status.NO_DATA


def test_a_ratio_is_judged_by_its_stability():
    assert judge_ratio([Decimal("1.8")] * 36) is Status.ACHIEVED
    assert judge_ratio([Decimal("1.8")] * 35) is Status.UNDETERMINED
    assert judge_ratio([Decimal(10) + month for month in range(36)]) is Status.LATE
    assert judge_ratio([Decimal("1.8")] * 36 + [None]) is Status.NO_DATA


def test_a_report_only_has_to_be_there():
    assert judge_report(Decimal(0)) is Status.ON_TRACK
    assert judge_report(None) is Status.NO_DATA


@given(st.sampled_from(tree().indicators), st.lists(st.none() | amounts, max_size=36))
def test_no_data_is_said_exactly_where_the_last_month_has_none(indicator, history):
    status = judge(indicator, joint_scope(), Month(2026, 10), history)
    assert (status is Status.NO_DATA) == (not history or history[-1] is None)


@given(st.lists(amounts, min_size=1, max_size=30))
def test_levels_run_from_the_lowest_to_the_highest(values):
    low, high = min(values), max(values)
    levels = [level_of(value, low, high) for value in sorted(values)]
    assert levels == sorted(levels)
    assert set(levels) <= set(range(LEVELS))
    if low != high:
        assert (levels[0], levels[-1]) == (0, LEVELS - 1)


def test_no_value_has_no_level():
    assert level_of(None, Decimal(0), Decimal(1)) is None
