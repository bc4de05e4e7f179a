"""Asking somebody for an answer, and declining: whom it reaches, and what nobody learns from it."""

from datetime import timedelta

import pytest

from yui.kernel.calendar_jp import now, today
from yui.kernel.events.models import Event
from yui.kernel.notices.models import Notice
from yui.kernel.policy import PermissionRefused
from yui.organisations.actors import actor_of
from yui.organisations.models import Membership
from yui.people.commons.errors import NoSuchPost
from yui.people.commons.errors_helping import NoHelpWanted, NotToBeAsked
from yui.people.commons.models import HelperProfile, HelpRequest, Question
from yui.people.commons.operations.helping.ask_for_help import ask_for_help
from yui.people.commons.operations.helping.decline_help import decline_help
from yui.people.commons.operations.solve_question import solve_question
from yui.people.commons.queries.helping.askable_people import helpers_for
from yui.people.commons.queries.helping.requests import help_on

TITLE = "介護保険の帳票の文字"


@pytest.fixture
def solved(asker, answerer, ask, answer):
    """A like question that the answerer of 新宿区 solved."""
    question = ask(asker, title=TITLE, body="介護保険の帳票の文字が小さいです")
    post = answer(answerer, question)
    solve_question(actor_of(asker), question=question.pk, answer=post.pk)
    return question


def names(question) -> list[str]:
    return [each.user.name_ja for each in helpers_for(Question.objects.unscoped("test").get(pk=question.pk))]


def opening(question):
    return question.posts.unscoped("test").select_related("hidden_author").get(kind="question")


def test_who_solved_a_like_question_is_asked_with_the_reason(solved, colleague, answerer, ask):
    question = ask(colleague, title=TITLE)
    request = ask_for_help(actor_of(colleague), question=question.pk, user=answerer.pk)
    assert {"reason": "solved", "count": 1} in request.reasons
    notice = Notice.objects.get(user=answerer, kind="commons.asked")
    assert notice.url == question.get_absolute_url()
    events = Event.objects.unscoped("test").filter(kind="commons.question.ask_for_help")
    assert "Bob" not in str(list(events.values()))
    with pytest.raises(NotToBeAsked):
        ask_for_help(actor_of(colleague), question=question.pk, user=answerer.pk)


def test_the_asker_and_who_answered_are_left_out(solved, asker, answerer, ask, answer):
    own = ask(asker, title=TITLE)
    assert names(own) == ["Bob"]
    answer(answerer, own)
    assert names(own) == []


@pytest.mark.parametrize("reason", ["unwilling", "away", "busy", "none a week", "left"])
def test_who_may_not_be_asked_today_is_left_out(reason, solved, colleague, answerer, ask, shinjuku):
    question = ask(colleague, title=TITLE)
    assert names(question) == ["Bob"]
    if reason == "left":
        Membership.objects.owned_by(shinjuku).filter(user=answerer).update(valid_to=today())
    elif reason == "busy":
        others = [ask(colleague, title=f"別の質問{number}") for number in range(3)]
        HelpRequest.objects.bulk_create(
            HelpRequest(question=other, user=answerer, asked_at=now() - timedelta(days=6)) for other in others
        )
    else:
        HelperProfile.objects.create(
            user=answerer,
            may_be_asked=reason != "unwilling",
            away_until=today() if reason == "away" else None,
            most_per_week=0 if reason == "none a week" else 3,
        )
    assert names(question) == []
    with pytest.raises(NotToBeAsked):
        ask_for_help(actor_of(colleague), question=question.pk, user=answerer.pk)


def test_requests_of_more_than_a_week_ago_do_not_weigh(solved, colleague, answerer, ask):
    others = [ask(colleague, title=f"別の質問{number}") for number in range(3)]
    HelpRequest.objects.bulk_create(
        HelpRequest(question=other, user=answerer, asked_at=now() - timedelta(days=8)) for other in others
    )
    assert names(ask(colleague, title=TITLE)) == ["Bob"]


def test_a_question_of_one_ward_is_carried_to_nobody_elsewhere(solved, colleague, ask):
    assert names(ask(colleague, title=TITLE, visibility="own")) == []


def test_an_answer_without_a_name_makes_nobody_findable(asker, colleague, answerer, ask, answer):
    question = ask(asker, title=TITLE)
    post = answer(answerer, question, is_unnamed=True)
    solve_question(actor_of(asker), question=question.pk, answer=post.pk)
    assert names(ask(colleague, title=TITLE)) == []


def test_what_only_one_ward_reads_decides_nothing_beyond_it(
    asker, colleague, administrator, ask, answer, minato
):
    own = ask(asker, title=TITLE, visibility="own")
    answer(administrator, own, posted_for=minato)
    assert names(ask(colleague, title=TITLE)) == []
    assert names(ask(colleague, title=TITLE, visibility="own")) == ["Admin"]


def test_a_tag_named_as_ones_own_is_enough(colleague, answerer, ask):
    question = ask(colleague, title="様式", tags=["Excel"])
    profile = HelperProfile.objects.create(user=answerer)
    profile.tags.add(*question.tags.all())
    assert names(question) == ["Bob"]
    request = ask_for_help(actor_of(colleague), question=question.pk, user=answerer.pk)
    assert request.reasons == [{"reason": "talents", "tags": ["Excel"]}]


def test_only_the_asker_and_moderators_ask(solved, colleague, administrator, answerer, ask, charlie):
    question = ask(colleague, title=TITLE)
    with pytest.raises(PermissionRefused):
        ask_for_help(actor_of(charlie), question=question.pk, user=answerer.pk)
    assert ask_for_help(actor_of(administrator), question=question.pk, user=answerer.pk).pk
    hidden = ask(colleague, title=TITLE, visibility="own")
    with pytest.raises(NoSuchPost):
        ask_for_help(actor_of(charlie), question=hidden.pk, user=answerer.pk)


def test_nobody_is_asked_about_a_solved_question(solved, asker, answerer):
    with pytest.raises(NoHelpWanted):
        ask_for_help(actor_of(asker), question=solved.pk, user=answerer.pk)


def test_an_unnamed_asker_cannot_be_told_from_who_is_missing(
    solved, asker, colleague, answerer, moderator, administrator, ask
):
    question = ask(colleague, title=TITLE, is_unnamed=True)
    for reader in (asker, answerer, moderator, administrator):
        shown = help_on(actor_of(reader), question, opening(question))
        assert not shown.may_ask and not shown.offered and not shown.asked
    assert help_on(actor_of(colleague), question, opening(question)).offered
    with pytest.raises(PermissionRefused):
        ask_for_help(actor_of(moderator), question=question.pk, user=answerer.pk)
    ask_for_help(actor_of(colleague), question=question.pk, user=answerer.pk)
    assert "Anna" not in str(list(Event.objects.unscoped("test").values()))


def test_declining_is_known_to_asker_and_moderators_only(solved, colleague, answerer, charlie, ask):
    question = ask(colleague, title=TITLE)
    ask_for_help(actor_of(colleague), question=question.pk, user=answerer.pk)
    before = Event.objects.unscoped("test").count()
    assert decline_help(actor_of(answerer), question=question.pk).declined_at
    assert Event.objects.unscoped("test").count() == before
    assert help_on(actor_of(colleague), question, opening(question)).asked[0].is_declined
    assert help_on(actor_of(charlie), question, opening(question)).asked == ()
    with pytest.raises(NoSuchPost):
        decline_help(actor_of(charlie), question=question.pk)
