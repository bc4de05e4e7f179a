"""The engines of helping: who is likely to answer, when a question is carried on, whose week it is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.calendar_jp import TOKYO
from yui.people.commons.engine.routing import (
    TALENT_WEIGHT,
    Answered,
    Candidate,
    Knowledge,
    LikeThread,
    candidates,
    chosen,
)
from yui.people.commons.engine.turns import following_turns, monday_of
from yui.people.commons.engine.watching import OFFICE_DAY, stages_due, waited

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
people = st.integers(1, 8)
answers = st.builds(
    Answered,
    person=people,
    at=st.integers(-2000, 100).map(lambda days: AT + timedelta(days=days)),
    solved=st.booleans(),
)
threads = st.lists(
    st.builds(LikeThread, likeness=st.floats(0.1, 50), answers=st.lists(answers, max_size=6)), max_size=6
)
recent = st.dictionaries(people, st.integers(1, 30), max_size=8)
talents = st.dictionaries(people, st.just(("Excel",)), max_size=8)
knowledge = st.builds(Knowledge, threads=threads, recent=recent, talents=talents)


@given(knowledge)
def test_candidates_are_each_there_once_and_in_order(known):
    found = candidates(known, AT)
    assert len({each.person for each in found}) == len(found)
    assert [each.weight for each in found] == sorted((each.weight for each in found), reverse=True)
    assert all(0 < each.weight <= 2 + TALENT_WEIGHT for each in found)


@given(knowledge)
def test_the_order_in_which_like_questions_come_says_nothing(known):
    turned = Knowledge(known.threads[::-1], known.recent, known.talents)
    as_is = {each.person: each.weight for each in candidates(known, AT)}
    assert {each.person: each.weight for each in candidates(turned, AT)} == pytest.approx(as_is)


@given(knowledge)
def test_answers_of_the_future_do_not_count(known):
    past = [
        LikeThread(thread.likeness, [each for each in thread.answers if each.at < AT])
        for thread in known.threads
    ]
    assert candidates(known, AT) == candidates(Knowledge(past, known.recent, known.talents), AT)


@given(knowledge, people, st.floats(0.1, 50))
def test_one_more_solved_question_never_makes_anybody_less_likely(known, person, likeness):
    solved = LikeThread(likeness, [Answered(person, AT - timedelta(days=1), solved=True)])
    before = {each.person: place for place, each in enumerate(candidates(known, AT))}
    more = Knowledge([*known.threads, solved], known.recent, known.talents)
    after = {each.person: each for each in candidates(more, AT)}
    others = [each for each in candidates(more, AT) if each.weight > after[person].weight]
    assert len(others) <= before.get(person, len(before))
    assert after[person].solved >= 1


def test_a_fresh_answer_weighs_more_than_an_old_one_and_the_solving_one_more_than_another():
    def first(*given_answers: Answered) -> int:
        return candidates(Knowledge([LikeThread(1.0, given_answers)]), AT)[0].person

    new, old = AT - timedelta(days=10), AT - timedelta(days=400)
    assert first(Answered(1, old), Answered(2, new)) == 2
    assert first(Answered(1, new), Answered(2, new, solved=True)) == 2


def test_what_somebody_says_of_himself_is_a_reason():
    (found,) = candidates(Knowledge(talents={7: ("Excel", "BPR")}), AT)
    assert (found.talents, found.is_active, found.answered) == (("BPR", "Excel"), False, 0)


@given(st.lists(people, unique=True, max_size=8), st.integers(1, 5), st.sets(people))
def test_somebody_of_another_ward_is_chosen_where_there_is_one(order, count, elsewhere):
    ranked = [Candidate(person, 1.0) for person in order]
    found = [each.person for each in chosen(ranked, count, elsewhere.__contains__)]
    assert len(found) == min(count, len(order))
    assert bool(elsewhere & set(found)) == bool(elsewhere & set(order))
    assert found[: count - 1] == order[: min(count, len(order))][: count - 1]


@given(st.integers(0, 60 * 40))
def test_stages_come_one_after_the_other(minutes):
    earlier, later = stages_due(timedelta(minutes=minutes)), stages_due(timedelta(minutes=minutes + 30))
    assert later[: len(earlier)] == earlier
    assert set(later) <= {"helpers", "mentor", "coordinator"}


@pytest.mark.parametrize(
    ("until", "stages"),
    [
        (datetime(2026, 11, 27, 16, 59, tzinfo=TOKYO), ()),
        (datetime(2026, 11, 30, 8, 45, tzinfo=TOKYO), ("helpers",)),
        (datetime(2026, 11, 30, 13, 14, tzinfo=TOKYO), ("helpers",)),
        (datetime(2026, 11, 30, 13, 15, tzinfo=TOKYO), ("helpers", "mentor")),
        (datetime(2026, 12, 1, 13, 15, tzinfo=TOKYO), ("helpers", "mentor", "coordinator")),
    ],
)
def test_a_question_of_friday_afternoon_waits_over_the_weekend(until, stages):
    asked_at = datetime(2026, 11, 27, 13, 15, tzinfo=TOKYO)
    assert stages_due(waited(asked_at, until)) == stages


def test_an_office_day_is_as_long_as_the_counter_is_open():
    assert timedelta(hours=8, minutes=45) == OFFICE_DAY


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 52), st.integers(0, 3))
def test_turns_are_weeks_in_a_row_and_wards_in_their_order(day, weeks, place):
    wards, monday = ["A", "B", "C"], monday_of(day)
    last = (monday + timedelta(weeks=2), wards[place - 1]) if place else None
    found = following_turns(wards, last, monday, weeks)
    assert len(found) == weeks
    begin = monday + timedelta(weeks=3) if last else monday
    assert [week for week, _ward in found] == [begin + timedelta(weeks=number) for number in range(weeks)]
    order = wards * 20
    assert [ward for _week, ward in found] == order[place % 3 :][:weeks]


def test_a_plan_that_ran_out_goes_on_from_this_week():
    old = (date(2025, 1, 6), "A")
    assert following_turns(["A", "B"], old, date(2026, 11, 23), 1) == [(date(2026, 11, 23), "B")]
