"""The watch on the unanswered: each stage once, to whom it concerns, and the page of what waits."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import now, today
from yui.kernel.notices.models import Notice
from yui.kernel.policy import PermissionRefused
from yui.organisations.actors import actor_of
from yui.people.commons.engine.turns import monday_of
from yui.people.commons.engine.watching import OFFICE_DAY, SERVICE_LEVEL, waited
from yui.people.commons.models import HelperProfile, HelpRequest, MentorTurn, Question, WatchStage, WatchStep
from yui.people.commons.operations.helping.carry_on import carry_on
from yui.people.commons.operations.solve_question import solve_question
from yui.people.commons.queries.helping.watching import due_steps

PAGE = "commons:waiting"


def asked_before(opening_time: timedelta) -> datetime:
    """Return the latest moment, to a minute, since which so much opening time has passed."""
    at = now()
    while waited(at, now()) < opening_time:
        at -= timedelta(minutes=15)
    while waited(at + timedelta(minutes=1), now()) >= opening_time:
        at += timedelta(minutes=1)
    return at


@pytest.fixture
def waiting(asker, ask):
    """A function that asks a question which has waited for so much opening time."""

    def make(opening_time: timedelta, **given) -> Question:
        question = ask(asker, **given)
        return moved(question, asked_at=asked_before(opening_time))

    return make


def moved(question, **fields) -> Question:
    Question.objects.unscoped("test").filter(pk=question.pk).update(**fields)
    return Question.objects.unscoped("test").get(pk=question.pk)


def run(system_actor) -> list[tuple[int, str]]:
    """Do what is due; return what was done."""
    due = [(step.question_id, step.stage) for step in due_steps()]
    return [step for step in due if carry_on(system_actor, question=step[0], stage=step[1])]


def told(user) -> list[str]:
    return list(Notice.objects.filter(user=user, kind="commons.watched").values_list("title", flat=True))


def test_after_four_hours_helpers_are_asked_once(waiting, answerer, system_actor):
    question = waiting(SERVICE_LEVEL, tags=["Excel"])
    HelperProfile.objects.create(user=answerer).tags.add(*question.tags.all())
    assert run(system_actor) == [(question.pk, "helpers")]
    assert HelpRequest.objects.unscoped("test").get(question=question).user == answerer
    assert Notice.objects.filter(user=answerer, kind="commons.asked").count() == 1
    assert run(system_actor) == []


def test_nothing_is_due_before(waiting, system_actor):
    waiting(SERVICE_LEVEL - timedelta(minutes=30))
    assert run(system_actor) == []


def test_after_a_business_day_the_mentor_of_the_week_is_told(
    waiting, answerer, administrator, system_actor, shinjuku
):
    MentorTurn.objects.create(
        organisation=shinjuku, visibility="wards", starts_on=monday_of(today()), mentor=answerer
    )
    question = waiting(OFFICE_DAY)
    assert run(system_actor) == [(question.pk, "helpers"), (question.pk, "mentor")]
    assert len(told(answerer)) == 1 and told(administrator) == []


def test_what_the_mentor_may_not_see_goes_to_the_wards_own_administrators(
    waiting, answerer, administrator, moderator, system_actor, shinjuku
):
    MentorTurn.objects.create(
        organisation=shinjuku, visibility="wards", starts_on=monday_of(today()), mentor=answerer
    )
    waiting(2 * OFFICE_DAY, visibility="own")
    assert len(run(system_actor)) == 3
    assert told(answerer) == [] and told(moderator) == [] and len(told(administrator)) == 1


def test_after_two_business_days_the_secretariat_is_told(waiting, moderator, administrator, system_actor):
    question = waiting(2 * OFFICE_DAY)
    assert [stage for _key, stage in run(system_actor)] == ["helpers", "mentor", "coordinator"]
    assert len(told(moderator)) == 1 and len(told(administrator)) == 1
    assert WatchStep.objects.unscoped("test").filter(question=question).count() == 3
    assert run(system_actor) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"is_locked": True},
        {"state": "needs_info"},
        {"state": "closed"},
        {"source_key": "slack:1", "asked_at": now() - timedelta(days=30)},
        {"hidden_at": now()},
    ],
    ids=["locked", "waits for details", "closed", "imported long ago", "off the pages"],
)
def test_what_waits_for_nobody_is_left_in_peace(fields, waiting, system_actor):
    moved(waiting(2 * OFFICE_DAY), **fields)
    assert run(system_actor) == []


def test_an_answer_in_between_stops_it(waiting, answerer, answer, system_actor):
    question = waiting(OFFICE_DAY)
    (first, *_rest) = due_steps()
    answer(answerer, question)
    assert not carry_on(system_actor, question=first.question_id, stage=first.stage)
    assert not WatchStep.objects.unscoped("test").exists()


@pytest.mark.parametrize("is_unnamed", [False, True])
def test_three_days_after_the_last_answer_the_asker_is_asked(
    is_unnamed, waiting, answerer, asker, answer, system_actor
):
    question = waiting(2 * OFFICE_DAY, is_unnamed=is_unnamed)
    post = answer(answerer, question)
    assert run(system_actor) == []
    then = now() - timedelta(days=3, minutes=1)
    moved(question, asked_at=then - timedelta(days=1), first_answer_at=then)
    assert run(system_actor) == []
    type(post).objects.unscoped("test").filter(pk=post.pk).update(posted_at=then)
    assert run(system_actor) == [(question.pk, "nudge")]
    assert len(told(asker)) == 1 and run(system_actor) == []


def test_a_solved_question_is_not_asked_about(waiting, answerer, asker, answer, system_actor):
    question = waiting(2 * OFFICE_DAY)
    post = answer(answerer, question)
    then = now() - timedelta(days=4)
    moved(question, asked_at=then - timedelta(days=1), first_answer_at=then)
    type(post).objects.unscoped("test").filter(pk=post.pk).update(posted_at=then)
    solve_question(actor_of(asker), question=question.pk, answer=post.pk)
    assert run(system_actor) == []


def test_nobody_but_the_clock_carries_on(waiting, moderator):
    question = waiting(SERVICE_LEVEL)
    with pytest.raises(PermissionRefused):
        carry_on(actor_of(moderator), question=question.pk, stage=WatchStage.HELPERS)


def test_the_page_says_how_long_and_who_was_asked(
    waiting, answerer, asker, moderator, system_actor, client_of
):
    question = waiting(SERVICE_LEVEL, title="四時間待った質問", tags=["Excel"])
    HelperProfile.objects.create(user=answerer).tags.add(*question.tags.all())
    run(system_actor)
    for_everybody = client_of(asker).get(reverse(PAGE)).content.decode()
    assert "四時間待った質問" in for_everybody and "4.0時間" in for_everybody and "1人" in for_everybody
    assert "Bob" not in for_everybody
    assert "Bob" in client_of(moderator).get(reverse(PAGE)).content.decode()


def test_the_page_names_nobody_who_was_asked_for_an_unnamed_question(
    waiting, answerer, moderator, system_actor, client_of
):
    question = waiting(SERVICE_LEVEL, tags=["Excel"], is_unnamed=True)
    HelperProfile.objects.create(user=answerer).tags.add(*question.tags.all())
    run(system_actor)
    assert HelpRequest.objects.unscoped("test").exists()
    assert "Bob" not in client_of(moderator).get(reverse(PAGE)).content.decode()


def test_another_ward_learns_nothing_of_what_waits_within_one(waiting, answerer, asker, client_of):
    waiting(SERVICE_LEVEL, title="港区の中だけ", visibility="own")
    assert "港区の中だけ" in client_of(asker).get(reverse(PAGE)).content.decode()
    answerer_sees = client_of(answerer).get(reverse(PAGE)).content.decode()
    assert "港区の中だけ" not in answerer_sees and "回答を待っている質問はありません" in answerer_sees
