"""A person whose name no page may show, with one unnamed post of every kind; and everybody who looks."""

import io
from dataclasses import dataclass

from yui.kernel.attachments.keeping import keep_upload
from yui.organisations.actors import actor_of
from yui.organisations.models import User
from yui.people.commons.models import Post, Question
from yui.people.commons.operations.comment_post import comment_post
from yui.people.commons.operations.edit_post import edit_post
from yui.people.commons.operations.posting import Writing
from yui.people.commons.operations.reopen_question import reopen_question
from yui.people.commons.operations.request_details import request_details
from yui.people.commons.operations.solve_question import solve_question
from yui.people.commons.operations.thank_post import thank_post

NAME = "隠岐目印"
USERNAME = "hidden-marker"


@dataclass(frozen=True)
class Unnamed:
    """What the person wrote without a name: a question with its file, an answer and comments elsewhere."""

    writer: User
    question: Question
    opening: Post
    answer: Post
    other: Question
    file: int


def traces_in(text: str) -> list[str]:
    """Return the words of a page by which its reader would know who wrote."""
    return [word for word in (NAME, USERNAME) if word in text]


def write_everything(writer, asker, answerer, minato, shinjuku, ask, answer) -> Unnamed:
    """Let the person do, without a name, everything that the commons let people do."""
    actor = actor_of(writer)
    kept = keep_upload(io.BytesIO(b"line\n"), name="記録.txt")
    question = ask(writer, title="匿名の相談", body="うまくいきません", is_unnamed=True, tags=["相談"])
    opening = Post.objects.unscoped("test").get(question=question)
    edit_post(
        actor,
        post=opening.pk,
        revision=1,
        body="うまくいきません。追記です",
        title="匿名の相談",
        files=[kept],
    )
    answer(answerer, question, "こうします")
    thank_post(actor_of(answerer), post=opening.pk)
    details = Writing(body="版は何ですか", posted_for=shinjuku)
    request_details(actor_of(answerer), question=question.pk, writing=details)
    hidden = {"posted_for": minato, "is_unnamed": True, "department": "架空課"}
    comment_post(actor, post=opening.pk, writing=Writing(body="7.2です", **hidden))
    solve_question(actor, question=question.pk)
    reopen_question(actor, question=question.pk, reason="再発")
    other = ask(asker, title="同僚の質問")
    own = answer(writer, other, "匿名の回答", **hidden)
    solve_question(actor_of(asker), question=other.pk, answer=own.pk)
    opening.refresh_from_db(from_queryset=Post.objects.unscoped("test"))
    file = opening.files.unscoped("test").get().pk
    return Unnamed(writer, question, opening, own, other, file)
