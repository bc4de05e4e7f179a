"""A question from asking to the solution, and back."""

import pytest

from yui.kernel.events.models import Event
from yui.kernel.notices.models import Notice
from yui.kernel.policy import PermissionRefused
from yui.organisations.actors import actor_of
from yui.people.commons.errors import NoSuchPost, NotSolvable, WritingStopped
from yui.people.commons.models import Question, QuestionState, QuestionStep, SolvedBy
from yui.people.commons.operations.close_question import mark_duplicate, withdraw_question
from yui.people.commons.operations.posting import Writing
from yui.people.commons.operations.reopen_question import reopen_question
from yui.people.commons.operations.request_details import request_details
from yui.people.commons.operations.solve_question import solve_question


def stored(question) -> Question:
    return Question.objects.unscoped("test").get(pk=question.pk)


def test_an_answer_of_somebody_else_ends_the_waiting(asker, answerer, ask, answer, minato):
    question = ask(asker)
    answer(asker, question, "自分で追記", posted_for=minato)
    assert stored(question).first_answer_at is None
    answer(answerer, question)
    assert stored(question).first_answer_at is not None
    assert stored(question).answer_count == 2
    assert Notice.objects.filter(user=asker, kind="commons.answered").count() == 1
    assert not Notice.objects.filter(user=answerer).exists()


def test_the_asker_marks_the_answer_that_solved_it(asker, answerer, ask, answer):
    question = ask(asker)
    post = answer(answerer, question)
    solve_question(actor_of(asker), question=question.pk, answer=post.pk)
    found = stored(question)
    assert (found.state, found.solved_by, found.solving_post_id) == (
        QuestionState.SOLVED,
        SolvedBy.ANSWER,
        post.pk,
    )
    assert Notice.objects.filter(user=answerer, kind="commons.solved").exists()
    with pytest.raises(NotSolvable):
        solve_question(actor_of(asker), question=question.pk)


def test_nobody_else_marks_it_but_moderators(asker, answerer, moderator, ask):
    question = ask(asker)
    with pytest.raises(PermissionRefused):
        solve_question(actor_of(answerer), question=question.pk)
    solve_question(actor_of(moderator), question=question.pk)
    assert stored(question).solved_by == SolvedBy.MODERATOR


def test_an_answer_of_another_question_solves_nothing(asker, answerer, ask, answer):
    question, other = ask(asker), ask(asker, title="別の質問")
    post = answer(answerer, other)
    with pytest.raises(NoSuchPost):
        solve_question(actor_of(asker), question=question.pk, answer=post.pk)


def test_opened_again_it_is_solved_no_longer_and_each_step_is_kept(asker, ask):
    question = ask(asker)
    solve_question(actor_of(asker), question=question.pk)
    reopen_question(actor_of(asker), question=question.pk, reason="再発")
    assert stored(question).solved_at is None
    steps = QuestionStep.objects.unscoped("test").filter(question=question)
    assert [step.state for step in steps] == ["open", "solved", "open"]


def test_a_question_that_waits_for_details_opens_again(asker, answerer, ask, answer, shinjuku, minato):
    question = ask(asker)
    writing = Writing(body="版は何ですか", posted_for=shinjuku)
    request_details(actor_of(answerer), question=question.pk, writing=writing)
    assert stored(question).state == QuestionState.NEEDS_INFO
    answer(asker, question, "7.2です", posted_for=minato)
    assert stored(question).state == QuestionState.OPEN


def test_a_withdrawn_question_takes_no_answers(asker, answerer, ask, answer):
    question = ask(asker)
    withdraw_question(actor_of(asker), question=question.pk, reason="解消しました")
    with pytest.raises(WritingStopped):
        answer(answerer, question)


def test_a_duplicate_leads_its_followers_to_the_older_one(asker, answerer, moderator, ask):
    older, question = ask(asker), ask(asker, title="同じこと")
    mark_duplicate(actor_of(moderator), question=question.pk, of=older.pk, reason="同じ内容")
    assert stored(question).duplicate_of_id == older.pk
    assert older.follows.unscoped("test").filter(user=asker).exists()
    with pytest.raises(NoSuchPost):
        mark_duplicate(actor_of(moderator), question=older.pk, of=older.pk, reason="自分")


@pytest.mark.parametrize("visibility", ["own", "participants"])
def test_who_may_not_see_it_does_not_learn_that_it_exists(
    asker, answerer, ask, answer, visibility, organisations
):
    question = ask(asker, visibility=visibility, participants=[organisations["131016"]])
    with pytest.raises(NoSuchPost):
        answer(answerer, question)
    assert not Event.objects.visible_to(actor_of(answerer)).exists()


def test_a_ward_that_was_chosen_takes_part(asker, answerer, ask, answer, shinjuku):
    question = ask(asker, visibility="participants", participants=[shinjuku])
    assert answer(answerer, question).pk
