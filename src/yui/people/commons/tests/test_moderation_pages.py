"""Moderators' pages: each act needs a reason that all may read, and a disclosure two people."""

import pytest

from yui.organisations.actors import actor_of
from yui.people.commons.models import Disclosure, ModerationAct, Post, Question
from yui.people.commons.operations.moderate import hide_post, report_post

ACTS = "/commons/moderation/"


@pytest.fixture
def post(asker, answerer, ask, answer) -> Post:
    """An answer."""
    return answer(answerer, ask(asker), "困った回答")


@pytest.mark.parametrize(("kind", "shown"), [("hide", "非表示にした"), ("lock", "書き込みを止めた")])
def test_an_act_with_its_reason_is_read_by_everybody(post, moderator, asker, client_of, kind, shown):
    client, path = client_of(moderator), f"/commons/posts/{post.pk}/{kind}/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "個人情報のため"}).status_code == 302
    page = client_of(asker).get(ACTS).content.decode()
    assert shown in page and "個人情報のため" in page


def test_nobody_else_moderates(post, asker, answerer, officer, client_of):
    for user in (asker, answerer, officer):
        assert client_of(user).get(f"/commons/posts/{post.pk}/hide/").status_code == 404
        answer = client_of(user).post(f"/commons/posts/{post.pk}/hide/", {"reason": "邪魔"})
        assert answer.status_code == 404
        assert client_of(user).get(f"{ACTS}cases/").status_code == 403
    assert not ModerationAct.objects.unscoped("test").exists()


def test_hidden_for_readers_marked_for_moderators_and_counted_anew(post, moderator, asker, client_of):
    hide_post(actor_of(moderator), post=post.pk, reason="個人情報")
    page = f"/commons/{post.question_id}/"
    assert "困った回答" not in client_of(asker).get(page).content.decode()
    shown = client_of(moderator).get(page).content.decode()
    assert "困った回答" in shown and "非表示" in shown
    question = Question.objects.unscoped("test").get()
    assert (question.answer_count, question.first_answer_at) == (0, None)
    client_of(moderator).post(f"/commons/posts/{post.pk}/show/", {"reason": "確認しました"})
    assert "困った回答" in client_of(asker).get(page).content.decode()
    assert Question.objects.unscoped("test").get().first_answer_at is not None


def test_acts_on_a_hidden_question_are_for_its_moderators(
    asker, ask, member, shinjuku, administrator, client_of
):
    question = ask(asker, title="消される質問")
    opening = question.posts.unscoped("test").get()
    hide_post(actor_of(administrator), post=opening.pk, reason="個人情報")
    other = member("Other", shinjuku, "administrator")
    assert "消される質問" in client_of(administrator).get(ACTS).content.decode()
    for user in (asker, other):
        assert "消される質問" not in client_of(user).get(ACTS).content.decode()


def test_a_report_is_settled_without_change(post, moderator, asker, client_of):
    report_post(actor_of(asker), post=post.pk, reason="確かめてください")
    client = client_of(moderator)
    assert "確かめてください" in client.get(f"{ACTS}cases/").content.decode()
    client.post(f"/commons/posts/{post.pk}/dismiss/", {"reason": "問題ありません"})
    assert "対応が必要なものはありません。" in client.get(f"{ACTS}cases/").content.decode()


def test_a_duplicate_is_named_by_its_number(asker, ask, moderator, client_of):
    older, newer = ask(asker, title="前の質問"), ask(asker, title="後の質問")
    path = f"/commons/{newer.pk}/duplicate/"
    client = client_of(moderator)
    for wrong in ("", "x", "#999999", f"{newer.pk}"):
        client.post(path, {"of": wrong, "reason": "同じ"})
    assert Question.objects.unscoped("test").get(pk=newer.pk).duplicate_of is None
    client.post(path, {"of": f"#{older.pk}", "reason": "同じ"})
    assert Question.objects.unscoped("test").get(pk=newer.pk).duplicate_of == older


def test_nobody_grants_his_own_wish(asker, ask, moderator, second_moderator, officer, client_of):
    question = ask(asker, is_unnamed=True)
    opening = question.posts.unscoped("test").get()
    client = client_of(moderator)
    client.post(f"/commons/posts/{opening.pk}/disclose/", {"reason": "脅迫"})
    wish = Disclosure.objects.unscoped("test").get()
    client.post(f"/commons/disclosures/{wish.pk}/decide/", {"grant": "yes"})
    assert client_of(officer).post(f"/commons/disclosures/{wish.pk}/decide/").status_code in {403, 404}
    wish.refresh_from_db(from_queryset=Disclosure.objects.unscoped("test"))
    assert wish.settled_at is None
    client_of(second_moderator).post(f"/commons/disclosures/{wish.pk}/decide/", {"grant": "yes"})
    wish.refresh_from_db(from_queryset=Disclosure.objects.unscoped("test"))
    assert wish.granted_by == second_moderator
