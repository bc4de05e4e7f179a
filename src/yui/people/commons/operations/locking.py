"""Reads the question or post that a step is about, locked, as far as the actor may see it."""

from yui.kernel.policy import Actor
from yui.people.commons.errors import NoSuchPost, WritingStopped
from yui.people.commons.models import Post, Question
from yui.people.commons.policies import is_moderator, may_write


def locked_question(actor: Actor, key: int) -> Question:
    """Return a question, locked until the step ends.

    Raises:
        NoSuchPost: when there is none, the actor may not see it, or it is off the pages for him.
    """
    found = (
        Question.objects.visible_to(actor)
        .filter(pk=key)
        .select_related("organisation")
        .select_for_update(of=("self",))
        .first()
    )
    if found is None or (found.hidden_at is not None and not is_moderator(actor, found)):
        raise NoSuchPost
    return found


def locked_post(actor: Actor, key: int) -> Post:
    """Return a post with its question, both locked until the step ends.

    Raises:
        NoSuchPost: as ``locked_question``; also for a post that is off the pages.
    """
    question_id = Post.objects.visible_to(actor).filter(pk=key).values_list("question_id", flat=True).first()
    if question_id is None:
        raise NoSuchPost
    question = locked_question(actor, question_id)
    post = (
        Post.objects.visible_to(actor)
        .filter(pk=key)
        .select_related("posted_for", "hidden_author", "author")
        .select_for_update(of=("self",))
        .get()
    )
    if post.hidden_at is not None and not is_moderator(actor, question):
        raise NoSuchPost
    post.question = question
    return post


def require_open_for_writing(question: Question) -> None:
    """Let a post be added only where writing has not been stopped.

    Raises:
        WritingStopped: for a locked or closed question.
    """
    if not may_write(question):
        raise WritingStopped
