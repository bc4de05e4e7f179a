"""Comment on a question or an answer."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.commons.models import Post, PostKind, QuestionState, QuestionStep
from yui.people.commons.operations.locking import locked_post, require_open_for_writing
from yui.people.commons.operations.opening_posts import is_of_asker, opening_post
from yui.people.commons.operations.posting import Writing, added_post
from yui.people.commons.operations.telling import notify_of_post, shown_name, tell
from yui.people.commons.policies import require_member


@operation("commons.post.comment")
def comment_post(actor: Actor, *, post: int, writing: Writing) -> Post:
    """Add a comment; on a comment it stands under the same answer or question.

    A comment of the asker opens a question again that waited for details from him.

    Raises: as ``answer_question``.
    """
    target = locked_post(actor, post)
    question = target.question
    require_member(actor, writing.posted_for)
    require_open_for_writing(question)
    answer = target if target.kind == PostKind.ANSWER else target.parent
    comment = added_post(actor, question, PostKind.COMMENT, writing, parent=answer)
    question.last_activity_at = comment.posted_at
    if question.state == QuestionState.NEEDS_INFO and is_of_asker(comment, opening_post(question)):
        question.state = QuestionState.OPEN
        QuestionStep.objects.create(
            question=question, state=question.state, at=comment.posted_at, post=comment
        )
    question.save()
    tell(question, "にコメントしました。", data={"post": comment.pk}, shown_as=shown_name(comment))
    notify_of_post(actor, comment)
    return comment
