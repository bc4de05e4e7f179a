"""The state machine of adoptions and the savings of effects, whatever comes."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.people.practices.engine.adoption import (
    ENDED,
    NEXT,
    AdoptionState,
    Step,
    StepRefused,
    check_step,
    days_to_adopt,
    introduced_on,
    next_states,
)
from yui.people.practices.engine.effects import EffectUnit, Saving, saving_of

TODAY = date(2026, 11, 27)
states = st.sampled_from(list(AdoptionState))
days = st.integers(min_value=-800, max_value=30).map(lambda n: TODAY + timedelta(days=n))
amounts = st.decimals(min_value=0, max_value=10**6, places=2)


@given(st.lists(st.tuples(states, days, st.sampled_from(["", " ", "理由"])), max_size=12))
def test_only_ways_that_make_sense_are_taken(tries):
    taken: list[Step] = []
    for state, on, reason in tries:
        step = Step(state, on)
        try:
            check_step(taken, step, today=TODAY, reason=reason)
        except StepRefused:
            continue
        assert step.state not in ENDED or reason.strip()
        taken.append(step)
    assert all(one.on <= two.on <= TODAY for one, two in pairwise(taken))
    assert all(two.state in NEXT[one.state] for one, two in pairwise(taken))
    assert not taken or taken[0].state is AdoptionState.CONSIDERING
    assert not any(step.state in ENDED for step in taken[:-1])
    needed = days_to_adopt(taken)
    assert (needed is None) == (introduced_on(taken) is None)
    assert needed is None or needed >= 0


def test_every_state_can_be_reached_and_ends_end():
    reached = {AdoptionState.CONSIDERING, *(state for following in NEXT.values() for state in following)}
    assert reached == set(AdoptionState)
    assert {state for state, following in NEXT.items() if not following} == ENDED
    assert next_states([]) == (AdoptionState.CONSIDERING,)


@pytest.mark.parametrize(
    ("unit", "volume", "expected"),
    [
        (EffectUnit.MINUTES_PER_CASE, 4000, Saving(hours=Decimal(600))),
        (EffectUnit.MINUTES_PER_CASE, None, Saving()),
        (EffectUnit.HOURS_PER_YEAR, None, Saving(hours=Decimal(9))),
        (EffectUnit.YEN_PER_CASE, 100, Saving(yen=Decimal(900))),
        (EffectUnit.YEN_PER_YEAR, None, Saving(yen=Decimal(9))),
        (EffectUnit.PERCENT, 100, Saving()),
        (EffectUnit.DAYS, 100, Saving()),
        (EffectUnit.CASES_PER_YEAR, 100, Saving()),
    ],
)
def test_a_saving_follows_from_the_unit(unit, volume, expected):
    assert saving_of(unit, Decimal(12), Decimal(3), volume) == expected


@given(st.sampled_from(list(EffectUnit)), amounts, amounts, st.none() | st.integers(0, 10**6))
def test_more_work_than_before_is_a_negative_saving_of_the_same_size(unit, one, two, volume):
    forth, back = saving_of(unit, one, two, volume), saving_of(unit, two, one, volume)
    for a, b in ((forth.hours, back.hours), (forth.yen, back.yen)):
        assert (a is None) == (b is None)
        assert a is None or b is None or a == -b
