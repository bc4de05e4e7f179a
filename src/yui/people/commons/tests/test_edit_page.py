"""Correcting a text: former texts stay, and of two editors neither loses anything."""

import pytest

from yui.organisations.actors import actor_of
from yui.people.commons.models import Post, PostRevision
from yui.people.commons.operations.edit_post import edit_post


@pytest.fixture
def post(asker, ask) -> Post:
    """The words of a question, as they were first written."""
    question = ask(asker, title="前の件名", body="前の本文\nそのまま", tags=["前"])
    return Post.objects.unscoped("test").select_related("question").get(question=question)


def sent(**changes) -> dict:
    return {"title": "前の件名", "tags": "前", "body": "前の本文\nそのまま", "revision": "1"} | changes


def now_of(post: Post) -> Post:
    return Post.objects.unscoped("test").select_related("question").get(pk=post.pk)


def test_a_correction_is_saved_and_what_stood_before_is_read(asker, answerer, post, client_of):
    client, path = client_of(asker), f"/commons/posts/{post.pk}"
    assert "前の本文" in client.get(f"{path}/edit/").content.decode()
    answer = client.post(f"{path}/edit/", sent(title="新しい件名", body="新しい本文\nそのまま", tags="新"))
    assert answer.status_code == 302
    found = now_of(post)
    assert (found.body, found.revision, found.question.title) == ("新しい本文\nそのまま", 2, "新しい件名")
    page = client_of(answerer).get(f"{path}/history/").content.decode()
    assert all(words in page for words in ("前の件名", "前の本文", "新しい本文"))


def test_the_second_of_two_editors_sees_both_texts_and_may_save(asker, post, client_of):
    client, path = client_of(asker), f"/commons/posts/{post.pk}/edit/"
    first = {"post": post.pk, "revision": 1, "body": "先に保存\nそのまま", "title": "先の件名"}
    edit_post(actor_of(asker), **first)
    answer = client.post(path, sent(body="後から保存\nそのまま", title="後の件名"))
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("先に保存", "後から保存", "先の件名", "後の件名"):
        assert words in page
    assert now_of(post).body == "先に保存\nそのまま"
    revision = answer.context["form"].data["revision"]
    assert client.post(path, sent(body="両方を合わせた", revision=revision)).status_code == 302
    assert now_of(post).body == "両方を合わせた"
    former = PostRevision.objects.unscoped("test").filter(post=post)
    assert [one.body for one in former] == ["前の本文\nそのまま", "先に保存\nそのまま"]


def test_nobody_else_corrects_it(asker, colleague, administrator, post, client_of):
    path = f"/commons/posts/{post.pk}/edit/"
    for user in (colleague, administrator):
        assert client_of(user).get(path).status_code == 404
        assert client_of(user).post(path, sent(body="横から")).status_code == 404
    assert now_of(post).revision == 1


def test_a_personal_number_is_found_in_corrections_too(asker, post, client_of):
    path = f"/commons/posts/{post.pk}/edit/"
    answer = client_of(asker).post(path, sent(body="個人番号は123456789018", numbers_confirmed="on"))
    assert answer.status_code == 422
    assert now_of(post).revision == 1
    assert not PostRevision.objects.unscoped("test").exists()
