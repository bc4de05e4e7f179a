"""What one does with a post: thank, report, take its files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yui.organisations.actors import actor_of
from yui.people.commons.models import Post, PostFile, PostReport, Question, Thanks
from yui.people.commons.operations.moderate import hide_post


@pytest.fixture
def post(asker, ask) -> Post:
    """The words of a question."""
    question = ask(asker)
    return Post.objects.unscoped("test").select_related("question").get(question=question)


def test_thanks_are_given_once_and_taken_back(asker, answerer, post, client_of):
    client, path = client_of(answerer), f"/commons/posts/{post.pk}/thank/"
    counts = []
    for _time in range(3):
        client.post(path)
        post.refresh_from_db(from_queryset=Post.objects.unscoped("test"))
        question = Question.objects.unscoped("test").get()
        counts.append((post.thanks_count, question.thanks_count))
    assert counts == [(1, 1), (0, 0), (1, 1)]
    client_of(asker).post(path)
    assert Thanks.objects.unscoped("test").count() == 1, "nobody thanks himself"


def test_a_report_reaches_moderators_only(asker, answerer, colleague, moderator, post, client_of):
    client, path = client_of(answerer), f"/commons/posts/{post.pk}/report/"
    assert client.post(path, {"reason": ""}).status_code == 422
    for _time in range(2):
        client.post(path, {"reason": "特定できます"})
    assert PostReport.objects.unscoped("test").count() == 1
    assert "特定できます" in client_of(moderator).get("/commons/moderation/cases/").content.decode()
    assert client_of(colleague).get("/commons/moderation/cases/").status_code == 403
    page = client_of(asker).get(f"/commons/{post.question_id}/").content.decode()
    assert "特定できます" not in page and "Bob" not in page


def test_files_are_for_the_readers_of_their_post(asker, answerer, moderator, client_of):
    upload = SimpleUploadedFile("手順.txt", b"line\n", content_type="text/plain")
    form = {"title": "様式", "body": "これです", "visibility": "own", "attachments": upload}
    assert client_of(asker).post("/commons/new/", form).status_code == 302
    file = PostFile.objects.unscoped("test").get()
    path = f"/commons/files/{file.pk}/"
    assert b"".join(client_of(asker).get(path).streaming_content) == b"line\n"
    assert client_of(answerer).get(path).status_code == 404


def test_files_of_a_hidden_post_are_gone(asker, answerer, moderator, ask, answer, client_of):
    upload = SimpleUploadedFile("手順.txt", b"line\n", content_type="text/plain")
    question = ask(asker)
    sent = {"body": "これです", "attachments": upload}
    client_of(answerer).post(f"/commons/{question.pk}/answer/", sent)
    file = PostFile.objects.unscoped("test").get()
    hide_post(actor_of(moderator), post=file.post_id, reason="個人情報")
    assert client_of(asker).get(f"/commons/files/{file.pk}/").status_code == 404
    assert client_of(moderator).get(f"/commons/files/{file.pk}/").status_code == 200
