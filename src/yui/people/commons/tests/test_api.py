"""Questions through the API: what the reader may see; asking, answering, marking as solved."""

import pytest

from yui.people.commons.models import Post, Question

BASE = "/api/v1/commons/questions"


def test_the_list_goes_on_after_its_last_question(asker, answerer, ask, client_of):
    for number in range(23):
        ask(asker, title=f"質問{number}", tags=["Excel"] if number % 2 else [])
    client = client_of(answerer)
    first = client.get(BASE).json()
    second = client.get(BASE, {"after": first["after"]}).json()
    titles = [one["title"] for one in (*first["items"], *second["items"])]
    assert len(titles) == len(set(titles)) == 23 and second["after"] == ""
    assert len(client.get(BASE, {"tag": "excel"}).json()["items"]) == 11
    assert client.get("/api/v1/commons/tags").json() == [{"name": "Excel", "questions": 11}]
    assert client.get(BASE, {"tab": "nonsense"}).status_code == 422


def test_the_stranger_learns_nothing_of_a_wards_own_question(asker, answerer, ask, client_of):
    question = ask(asker, visibility="own", tags=["秘密"])
    client = client_of(answerer)
    assert client.get(BASE).json() == {"items": [], "after": ""}
    assert client.get(f"{BASE}/{question.pk}").status_code == 404
    assert client.get("/api/v1/commons/tags").json() == []
    sent = {"data": {"body": "答え"}, "content_type": "application/json"}
    assert client.post(f"{BASE}/{question.pk}/answers", **sent).status_code == 404
    sent["data"] = {}
    assert client.post(f"{BASE}/{question.pk}/solve", **sent).status_code == 404


def test_from_asking_to_the_solution(asker, answerer, client_of):
    asked = client_of(asker).post(
        BASE,
        {"title": "様式", "body": "どこですか", "tags": ["様式"], "is_unnamed": True},
        content_type="application/json",
    )
    key = asked.json()["id"]
    path = f"{BASE}/{key}"
    answer = client_of(answerer).post(
        f"{path}/answers", {"body": "ここです"}, content_type="application/json"
    )
    assert (asked.status_code, answer.status_code) == (201, 201)
    refused = client_of(answerer).post(f"{path}/solve", {}, content_type="application/json")
    assert refused.status_code == 403
    solved = {"answer": answer.json()["id"]}
    assert client_of(asker).post(f"{path}/solve", solved, content_type="application/json").status_code == 201
    shown = client_of(answerer).get(path).json()
    assert shown["question"]["state"] == "solved" and shown["question"]["answers"] == 1
    assert [post["kind"] for post in shown["posts"]] == ["question", "answer"]
    assert (
        shown["posts"][0]["author"].startswith("部署も伏せています") and shown["posts"][1]["author"] == "Bob"
    )


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"title": ""}, 422),
        ({"visibility": "public"}, 422),
        ({"body": "個人番号は123456789018です", "numbers_confirmed": True}, 422),
        ({"organisation": "131041"}, 403),
        ({"tags": [str(number) for number in range(9)]}, 422),
    ],
)
def test_what_is_refused_leaves_nothing(asker, client_of, changes, status):
    given = {"title": "様式", "body": "どこですか"} | changes
    answer = client_of(asker).post(BASE, given, content_type="application/json")
    assert answer.status_code == status
    assert not Question.objects.unscoped("test").exists()
    assert not Post.objects.unscoped("test").exists()


def test_nobody_reads_without_signing_in(asker, ask, client_class):
    question = ask(asker)
    for path in (BASE, f"{BASE}/{question.pk}", "/api/v1/commons/tags"):
        assert client_class().get(path).status_code == 401
