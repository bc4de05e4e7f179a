"""Answer a question."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.commons.models import Post, PostKind, QuestionState, QuestionStep
from yui.people.commons.operations.locking import locked_question, require_open_for_writing
from yui.people.commons.operations.opening_posts import is_of_asker, opening_post
from yui.people.commons.operations.posting import Writing, added_post
from yui.people.commons.operations.telling import notify_of_post, shown_name, tell
from yui.people.commons.policies import require_member


@operation("commons.question.answer")
def answer_question(actor: Actor, *, question: int, writing: Writing) -> Post:
    """Add an answer; the first by somebody else than the asker is what the waiting time is measured to.

    An asker who writes an answer to a question that waits for details from him opens it again.

    Raises:
        NoSuchPost: when the actor may not see the question.
        PermissionRefused: when the actor does not belong to ``writing.posted_for``.
        WritingStopped: for a locked or closed question.
        NothingWritten, TextTooLong, PersonalNumberWritten: for what was written.
    """
    found = locked_question(actor, question)
    require_member(actor, writing.posted_for)
    require_open_for_writing(found)
    post = added_post(actor, found, PostKind.ANSWER, writing)
    is_own = is_of_asker(post, opening_post(found))
    found.answer_count += 1
    found.last_activity_at = post.posted_at
    if not is_own and found.first_answer_at is None:
        found.set_first_answer(post.posted_at)
    if is_own and found.state == QuestionState.NEEDS_INFO:
        found.state = QuestionState.OPEN
        QuestionStep.objects.create(question=found, state=found.state, at=post.posted_at, post=post)
    found.save()
    tell(found, "に回答しました。", data={"post": post.pk}, shown_as=shown_name(post))
    notify_of_post(actor, post)
    return post
