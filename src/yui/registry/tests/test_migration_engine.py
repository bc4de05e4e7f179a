"""The state of a migration as of any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.registry.engine.migration import State, Step, is_late, remaining_by_day, state_as_of

DAY = date(2026, 4, 1)
days = st.integers(0, 400).map(lambda shift: DAY + timedelta(days=shift))
steps = st.lists(
    st.builds(Step, st.sampled_from([*State]), st.none() | days, st.none() | days),
    max_size=5,
    unique_by=lambda step: step.state,
)


def test_before_any_step_the_present_system_is_in_use():
    assert state_as_of([], DAY) == State.CURRENT


def test_the_last_state_reached_counts_and_plans_do_not():
    road = [
        Step(State.CONFORMITY, None, date(2025, 6, 1)),
        Step(State.MIGRATING, None, date(2025, 10, 1)),
        Step(State.MIGRATED, date(2026, 1, 1), None),
    ]
    assert state_as_of(road, date(2025, 5, 31)) == State.CURRENT
    assert state_as_of(road, date(2025, 6, 1)) == State.CONFORMITY
    assert state_as_of(road, date(2026, 4, 1)) == State.MIGRATING


def test_of_two_states_on_one_day_the_further_one_counts():
    road = [Step(State.MIGRATED, None, DAY), Step(State.MIGRATING, None, DAY)]
    assert state_as_of(road, DAY) == State.MIGRATED


def test_a_system_under_special_support_can_still_be_migrated():
    road = [Step(State.SPECIAL, None, DAY), Step(State.MIGRATED, None, DAY + timedelta(days=300))]
    assert state_as_of(road, DAY + timedelta(days=299)) == State.SPECIAL
    assert state_as_of(road, DAY + timedelta(days=300)) == State.MIGRATED


@given(steps, days)
def test_the_state_is_one_that_was_reached_by_then(road, day):
    state = state_as_of(road, day)
    reached = {step.state for step in road if step.actual_on and step.actual_on <= day}
    assert state in reached or (state == State.CURRENT and not reached)


@pytest.mark.parametrize(
    ("road", "late"),
    [
        ([Step(State.MIGRATED, date(2026, 3, 31), None)], True),
        ([Step(State.MIGRATED, date(2026, 4, 1), None)], False),
        ([Step(State.MIGRATED, date(2026, 3, 31), date(2026, 3, 1))], False),
        ([Step(State.MIGRATED, date(2026, 3, 31), date(2026, 5, 1))], True),
        ([Step(State.SPECIAL, date(2026, 3, 31), None)], False),
        (
            [Step(State.CONFORMITY, date(2026, 1, 1), None), Step(State.MIGRATING, None, date(2026, 2, 1))],
            False,
        ),
    ],
)
def test_a_migration_is_late_when_a_planned_day_has_passed(road, late):
    assert is_late(road, DAY) is late


def test_the_burn_down_counts_what_remains_really_and_by_plan():
    roads = [
        [Step(State.MIGRATED, date(2026, 4, 2), date(2026, 4, 3))],
        [Step(State.MIGRATED, date(2026, 4, 1), None)],
        [],
    ]
    found = remaining_by_day(roads, [DAY, DAY + timedelta(days=1), DAY + timedelta(days=2)])
    assert found == [(3, 2), (3, 1), (2, 1)]


@given(st.lists(steps, max_size=6))
def test_without_setbacks_the_remainder_by_plan_never_grows(roads):
    planned = [
        plan for _real, plan in remaining_by_day(roads, [DAY + timedelta(days=n * 30) for n in range(12)])
    ]
    assert planned == sorted(planned, reverse=True)
