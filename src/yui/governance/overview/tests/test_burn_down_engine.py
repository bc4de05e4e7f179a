"""What remains: never negative, as planned in the end, whatever the order; and when a pace ends it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.governance.overview.engine.burn_down import (
    HORIZON_MONTHS,
    Cell,
    Pace,
    end_of,
    pace_of,
    planned_on,
    remaining_on,
)

FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)
days = st.dates(FIRST, LAST)
maybe = st.none() | days
cells = st.lists(st.builds(Cell, maybe, maybe, maybe), max_size=40)


@given(cells, st.lists(days, max_size=20))
def test_what_remains_is_counted_cell_by_cell_and_never_negative(held, asked):
    found = remaining_on(held, asked)
    assert all(0 <= left <= len(held) for left in found)
    for day, left in zip(asked, found, strict=True):
        sound = [cell for cell in held if _is_sound(cell)]
        strange = [cell for cell in held if not _is_sound(cell)]
        finished = sum(cell.is_done(day) for cell in sound)
        finished += sum(cell.done_on <= day for cell in strange)
        assert left == len(held) - finished


def _is_sound(cell):
    """Whether a cell was undone, if at all, after it was done."""
    return cell.done_on is None or cell.undone_on is None or cell.undone_on > cell.done_on


@given(cells, st.permutations(range(40)), st.lists(days, min_size=1, max_size=5))
def test_the_order_of_the_cells_does_not_matter(held, order, asked):
    shuffled = [held[place] for place in order if place < len(held)]
    assert remaining_on(held, asked) == remaining_on(shuffled, asked)
    assert planned_on(held, asked) == planned_on(shuffled, asked)


@given(cells)
def test_the_plan_falls_until_only_what_has_no_plan_remains(held):
    every_month = [FIRST + timedelta(days=30 * step) for step in range(70)]
    line = planned_on(held, every_month)
    assert line == sorted(line, reverse=True)
    assert line[-1] == sum(cell.planned_on is None for cell in held)


@given(st.lists(st.integers(0, 460), min_size=4, max_size=40), st.integers(0, 460))
def test_the_expected_end_lies_between_the_earliest_and_the_latest(line, remaining):
    pace = pace_of(line)
    end = end_of(remaining, pace)
    ends = [HORIZON_MONTHS + 1 if each is None else each for each in (end.earliest, end.expected, end.latest)]
    assert ends == sorted(ends)


@given(st.lists(st.integers(0, 460), min_size=4, max_size=13), st.integers(0, 460), st.integers(1, 60))
def test_the_fan_holds_the_expected_and_stays_between_nothing_and_now(line, remaining, months):
    low, expected, high = pace_of(line).after(remaining, months)
    assert 0 <= low <= expected <= high <= remaining


def test_a_steady_pace_ends_on_its_month():
    pace = pace_of([100 - 5 * month for month in range(14)])
    assert pace == Pace(5.0, 0.0, 12)
    end = end_of(35, pace)
    assert (end.earliest, end.expected, end.latest) == (7, 7, 7)


def test_an_uneven_pace_leaves_the_end_open():
    end = end_of(100, pace_of([100, 100, 100, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60]))
    assert end.expected == 30
    assert end.earliest < 30 and end.latest is None


def test_nothing_finished_has_no_end():
    end = end_of(10, pace_of([10] * 13))
    assert (end.earliest, end.expected, end.latest) == (None, None, None)


def test_only_the_last_twelve_months_make_the_pace():
    assert pace_of([1000, *(100 - month for month in range(13))]).mean == 1.0


@pytest.mark.parametrize("line", [[], [5], [5, 4, 3]])
def test_too_few_months_make_no_pace(line):
    assert pace_of(line) is None


def test_nothing_left_is_the_end():
    assert end_of(0, Pace(0.0, 0.0, 12)).expected == 0
