"""Ask the asker for more."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.commons.errors import NotSolvable
from yui.people.commons.models import Post, PostKind, QuestionState
from yui.people.commons.operations.locking import locked_question
from yui.people.commons.operations.posting import Writing, added_post
from yui.people.commons.operations.settling import move
from yui.people.commons.operations.telling import notify_of_post, shown_name, tell
from yui.people.commons.policies import require_member


@operation("commons.question.request_details")
def request_details(actor: Actor, *, question: int, writing: Writing) -> Post:
    """Write what is missing as a comment and let the question wait for its asker, who is told.

    Raises:
        NoSuchPost: when the question is out of sight.
        NotSolvable: when it is not open.
        PermissionRefused, NothingWritten, TextTooLong, PersonalNumberWritten: as ``answer_question``.
    """
    found = locked_question(actor, question)
    require_member(actor, writing.posted_for)
    if found.state != QuestionState.OPEN or found.is_locked:
        raise NotSolvable
    comment = added_post(actor, found, PostKind.COMMENT, writing)
    move(found, QuestionState.NEEDS_INFO, by=None if comment.is_unnamed else actor.user_id, post=comment)
    tell(found, "に追記を頼みました。", data={"post": comment.pk}, shown_as=shown_name(comment))
    notify_of_post(actor, comment)
    return comment
