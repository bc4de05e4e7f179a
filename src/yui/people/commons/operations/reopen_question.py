"""Open a question again."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.commons.errors import NotSolvable
from yui.people.commons.models import Question, QuestionState
from yui.people.commons.operations.locking import locked_question
from yui.people.commons.operations.opening_posts import opening_post
from yui.people.commons.operations.settling import move
from yui.people.commons.operations.telling import ANSWERED, notify_readers, shown_name, tell
from yui.people.commons.policies import is_moderator, require_author, require_moderator, wrote


@operation("commons.question.reopen")
def reopen_question(actor: Actor, *, question: int, reason: str = "") -> Question:
    """Open a solved or closed question again: the asker, or a moderator.

    Raises:
        NoSuchPost: when it is out of sight.
        NotSolvable: when it is open.
        PermissionRefused: for anybody but the asker and moderators.
    """
    found = locked_question(actor, question)
    opening = opening_post(found)
    is_own = wrote(actor, opening)
    if is_moderator(actor, found) and not is_own:
        require_moderator(actor, found)
    else:
        require_author(actor, opening)
    if found.state not in {QuestionState.SOLVED, QuestionState.CLOSED}:
        raise NotSolvable
    found.duplicate_of = None
    found.closing_reason = ""
    is_hidden = is_own and opening.is_unnamed
    move(found, QuestionState.OPEN, by=None if is_hidden else actor.user_id, reason=reason)
    tell(found, "をもう一度受付中にしました。", shown_as=shown_name(opening) if is_hidden else "")
    followers = found.follows.unscoped("followers are told").values_list("user_id", flat=True)
    notify_readers(
        actor, found, followers, kind=ANSWERED, title=f"「{found.title}」がもう一度受付中になりました"
    )
    return found
