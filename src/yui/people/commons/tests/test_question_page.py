"""The page of a question: answers, comments, states, and who meets a 404 instead."""

import pytest

from yui.organisations.actors import actor_of
from yui.people.commons.models import Question
from yui.people.commons.operations.close_question import mark_duplicate
from yui.people.commons.operations.moderate import hide_post


def stored(question) -> Question:
    return Question.objects.unscoped("test").get(pk=question.pk)


def test_an_answer_is_written_and_marked_as_the_solution(asker, answerer, ask, client_of):
    question = ask(asker)
    helper = client_of(answerer)
    page = helper.post(
        f"/commons/{question.pk}/answer/", {"body": "**ここ**です"}, follow=True
    ).content.decode()
    assert "<strong>ここ</strong>" in page and "この回答で解決" not in page
    post = question.posts.unscoped("test").get(kind="answer")
    owner = client_of(asker)
    assert "この回答で解決" in owner.get(f"/commons/{question.pk}/").content.decode()
    solved = owner.post(f"/commons/{question.pk}/solve/", {"answer": post.pk}, follow=True)
    assert "data-solving" in solved.content.decode()
    assert helper.post(f"/commons/{question.pk}/reopen/").status_code == 403
    owner.post(f"/commons/{question.pk}/reopen/", {"reason": "再発"})
    assert stored(question).state == "open"


def test_a_refused_answer_is_shown_again(asker, answerer, ask, client_of):
    question = ask(asker)
    answer = client_of(answerer).post(
        f"/commons/{question.pk}/answer/", {"body": "個人番号 123456789018 です"}
    )
    assert answer.status_code == 422 and "123456789018" in answer.content.decode()
    assert stored(question).answer_count == 0


def test_details_are_asked_for_and_given_by_a_comment(asker, answerer, ask, client_of):
    question = ask(asker)
    sent = {"body": "版は何ですか", "ask_details": "yes"}
    page = client_of(answerer).post(f"/commons/{question.pk}/answer/", sent, follow=True).content.decode()
    assert "追記待ち" in page and "版は何ですか" in page
    comment = question.posts.unscoped("test").get(kind="comment")
    owner = client_of(asker)
    assert "版は何ですか" in owner.get(f"/commons/posts/{comment.pk}/comment/").content.decode()
    owner.post(f"/commons/posts/{comment.pk}/comment/", {"body": "7.2です"})
    assert stored(question).state == "open"


def test_withdrawn_with_a_reason_and_closed_for_writing(asker, answerer, ask, client_of):
    question = ask(asker)
    owner, helper = client_of(asker), client_of(answerer)
    assert helper.post(f"/commons/{question.pk}/withdraw/", {"reason": "x"}).status_code == 403
    owner.post(f"/commons/{question.pk}/withdraw/", {"reason": ""})
    assert stored(question).state == "open"
    page = owner.post(f"/commons/{question.pk}/withdraw/", {"reason": "自分で解決"}, follow=True)
    assert "取り下げられました" in page.content.decode() and "自分で解決" in page.content.decode()
    assert 'id="answer"' not in helper.get(f"/commons/{question.pk}/").content.decode()
    post = question.posts.unscoped("test").get()
    assert helper.get(f"/commons/posts/{post.pk}/comment/").status_code == 404


def test_following_switches(asker, answerer, ask, client_of):
    question = ask(asker)
    client = client_of(answerer)
    assert "フォローをやめる" in client.post(f"/commons/{question.pk}/follow/", follow=True).content.decode()
    assert "フォローする" in client.post(f"/commons/{question.pk}/follow/", follow=True).content.decode()


@pytest.mark.parametrize("way", ["own", "participants", "hidden"])
def test_what_is_out_of_sight_is_not_there_by_any_address(
    asker, answerer, moderator, ask, client_of, organisations, way
):
    visibility = "wards" if way == "hidden" else way
    question = ask(asker, visibility=visibility, participants=[organisations["131016"]])
    post = question.posts.unscoped("test").get().pk
    if way == "hidden":
        hide_post(actor_of(moderator), post=post, reason="個人情報")
    client = client_of(answerer)
    paths = [f"/commons/{question.pk}/{name}" for name in ("", "answer/")]
    paths += [f"/commons/posts/{post}/{name}/" for name in ("comment", "edit", "history", "report", "hide")]
    assert {client.get(path).status_code for path in paths} == {404}
    steps = [
        f"/commons/{question.pk}/{name}/" for name in ("answer", "solve", "reopen", "withdraw", "follow")
    ]
    steps += [f"/commons/{question.pk}/duplicate/", f"/commons/posts/{post}/thank/"]
    assert {client.post(path, {"body": "x"}).status_code for path in steps} == {404}


def test_a_duplicate_never_names_a_question_that_its_readers_do_not_see(
    asker, answerer, administrator, ask, client_of
):
    shown, secret = ask(asker, title="みんなの質問"), ask(asker, title="区だけの秘密", visibility="own")
    client = client_of(administrator)
    client.post(f"/commons/{shown.pk}/duplicate/", {"of": secret.pk, "reason": "同じ"})
    assert stored(shown).duplicate_of is None
    older = ask(asker, title="前の質問")
    mark_duplicate(actor_of(administrator), question=shown.pk, of=older.pk, reason="同じ")
    reader = client_of(answerer)
    assert "前の質問" in reader.get(f"/commons/{shown.pk}/").content.decode()
    hide_post(actor_of(administrator), post=older.posts.unscoped("test").get().pk, reason="個人情報")
    page = reader.get(f"/commons/{shown.pk}/").content.decode()
    assert "前の質問" not in page and "同じ質問にまとめられました" in page


def test_many_answers_are_shown_by_pages_the_solution_first(asker, answerer, ask, answer, client_of):
    question = ask(asker)
    posts = [answer(answerer, question, f"答え{number:02}") for number in range(52)]
    client = client_of(asker)
    client.post(f"/commons/{question.pk}/solve/", {"answer": posts[51].pk})
    first = client.get(f"/commons/{question.pk}/").content.decode()
    assert first.index("答え51") < first.index("答え00") and "答え50" not in first
    assert "答え50" in client.get(f"/commons/{question.pk}/?page=2").content.decode()
