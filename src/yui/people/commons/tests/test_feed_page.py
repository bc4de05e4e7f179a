"""The list of questions: what each reader sees in it, and nothing of what he may not see."""

import pytest

from yui.organisations.actors import actor_of
from yui.people.commons.models import Question
from yui.people.commons.operations.follow import follow_question, follow_tag
from yui.people.commons.operations.moderate import hide_post
from yui.people.commons.operations.solve_question import solve_question

FEED = "/commons/"


def read(client, **conditions) -> str:
    answer = client.get(FEED, conditions)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_tabs_list_what_they_say(asker, answerer, ask, answer, client_of):
    waiting, answered = ask(asker, title="待つ質問"), ask(asker, title="答えた質問")
    answer(answerer, answered)
    solved = ask(asker, title="解けた質問")
    solve_question(actor_of(asker), question=solved.pk)
    follow_question(actor_of(answerer), question=waiting.pk)
    client = client_of(answerer)
    assert all(title in read(client) for title in ("待つ質問", "答えた質問", "解けた質問"))
    assert "答えた質問" not in read(client, tab="waiting") and "待つ質問" in read(client, tab="waiting")
    assert "待つ質問" not in read(client, tab="solved") and "解けた質問" in read(client, tab="solved")
    assert "解けた質問" not in read(client, tab="following") and "待つ質問" in read(client, tab="following")
    assert "まだ質問していません" in read(client, tab="mine")
    mine = read(client_of(asker), tab="mine")
    assert all(title in mine for title in ("待つ質問", "答えた質問", "解けた質問"))


def test_a_followed_tag_brings_its_questions(asker, answerer, ask, client_of):
    ask(asker, title="表計算", tags=["Excel"])
    ask(asker, title="別の話", tags=["窓口"])
    follow_tag(actor_of(answerer), tag="excel")
    followed = read(client_of(answerer), tab="following")
    assert "表計算" in followed and "別の話" not in followed


@pytest.mark.parametrize("visibility", ["own", "participants"])
def test_another_ward_meets_neither_question_nor_tag(
    asker, colleague, answerer, ask, client_of, organisations, visibility
):
    ask(
        asker,
        title="区だけの話",
        tags=["極秘案件"],
        visibility=visibility,
        participants=[organisations["131016"]],
    )
    assert "区だけの話" in read(client_of(colleague))
    stranger = client_of(answerer)
    for conditions in ({}, {"tag": "極秘案件"}, {"ward": "131032"}, {"tab": "waiting"}):
        page = read(stranger, **conditions)
        assert "区だけの話" not in page and "極秘案件" not in page


def test_a_hidden_question_is_in_no_list(asker, colleague, moderator, ask, client_of):
    question = ask(asker, title="消される質問", tags=["消される話題"])
    post = question.posts.unscoped("test").get()
    hide_post(actor_of(moderator), post=post.pk, reason="個人情報")
    for user in (asker, colleague, moderator):
        assert "消される" not in read(client_of(user))
    home = client_of(colleague).get("/").content.decode()
    assert "消される" not in home and "非表示の質問" in home


def test_the_next_page_begins_after_the_last_question(asker, answerer, ask, client_of):
    for number in range(21):
        ask(asker, title=f"質問その{number:02}")
    client = client_of(answerer)
    first = client.get(FEED)
    assert "質問その00" not in first.content.decode()
    second = client.get(FEED + first.context["next_url"]).content.decode()
    assert "質問その00" in second and "質問その20" not in second
    assert Question.objects.unscoped("test").count() == 21
    assert "質問その20" in read(client, after="nonsense")


def test_what_one_should_settle_stands_beside_it(asker, answerer, ask, answer, client_of):
    answer(answerer, ask(asker, title="答えがついた質問"))
    assert "解決しましたか" in read(client_of(asker))
    assert "今は何もありません。" in read(client_of(answerer))


def test_the_rules_are_read_by_every_member(answerer, client_of, client_class):
    assert "否定から入らず" in client_of(answerer).get("/commons/rules/").content.decode()
    assert client_class().get(FEED).status_code == 302
