"""Close a question without a solution: withdrawn by its asker, or a duplicate."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Visibility
from yui.people.commons.errors import NoSuchPost, NotSolvable, ReasonMissing
from yui.people.commons.models import ModerationAct, ModerationKind, Question, QuestionFollow, QuestionState
from yui.people.commons.operations.locking import locked_question
from yui.people.commons.operations.opening_posts import opening_post
from yui.people.commons.operations.settling import move
from yui.people.commons.operations.telling import MODERATED, notify_readers, shown_name, tell
from yui.people.commons.policies import require_author, require_moderator


@operation("commons.question.withdraw")
def withdraw_question(actor: Actor, *, question: int, reason: str) -> Question:
    """Close the own question without a solution.

    Raises:
        NoSuchPost, PermissionRefused: when it is out of sight or not the actor's own.
        NotSolvable: when it is solved or closed already.
        ReasonMissing: without a reason.
    """
    found = locked_question(actor, question)
    opening = opening_post(found)
    require_author(actor, opening)
    if found.state in {QuestionState.SOLVED, QuestionState.CLOSED}:
        raise NotSolvable
    found.closing_reason = stated_reason(reason)
    by = None if opening.is_unnamed else actor.user_id
    move(found, QuestionState.CLOSED, by=by, reason=found.closing_reason)
    tell(found, "を取り下げました。", shown_as=shown_name(opening))
    return found


@operation("commons.question.mark_duplicate")
def mark_duplicate(actor: Actor, *, question: int, of: int, reason: str) -> Question:
    """Close a question as the same as an older one; its followers follow that one from now on.

    Raises:
        NoSuchPost: when one of the two is out of sight, they are the same, the other is a duplicate, or
            somebody who sees this one would not see the other.
        PermissionRefused: for anybody but moderators.
        ReasonMissing: without a reason.
    """
    found = locked_question(actor, question)
    require_moderator(actor, found)
    target = Question.objects.visible_to(actor).shown().filter(pk=of, duplicate_of=None).first()
    if target is None or target.pk == found.pk or not _reaches_readers_of(found, target):
        raise NoSuchPost
    if found.state == QuestionState.CLOSED:
        raise NotSolvable
    found.duplicate_of = target
    found.closing_reason = stated_reason(reason)
    move(found, QuestionState.CLOSED, by=actor.user_id, reason=found.closing_reason)
    ModerationAct.objects.create(
        question=found,
        kind=ModerationKind.DUPLICATE,
        reason=found.closing_reason,
        by_id=actor.user_id,
        at=now(),
    )
    followers = list(found.follows.unscoped("followers go along").values_list("user_id", flat=True))
    QuestionFollow.objects.bulk_create(
        [QuestionFollow(question=target, user_id=user) for user in followers], ignore_conflicts=True
    )
    tell(found, f"を「{target.title[:80]}」と同じ質問にまとめました。", data={"duplicate_of": target.pk})
    notify_readers(
        actor, found, followers, kind=MODERATED, title=f"「{found.title}」は同じ質問にまとめられました"
    )
    return found


def _reaches_readers_of(question: Question, target: Question) -> bool:
    """Return whether everybody who sees ``question`` sees ``target``, whose title is told to them."""
    if target.visibility == Visibility.WARDS:
        return True
    return question.visibility == Visibility.OWN and question.organisation_id == target.organisation_id


def stated_reason(reason: str) -> str:
    """Return a reason in the form in which it is kept.

    Raises:
        ReasonMissing: when it is empty.
    """
    words = " ".join(reason.split())[:300]
    if not words:
        raise ReasonMissing
    return words
