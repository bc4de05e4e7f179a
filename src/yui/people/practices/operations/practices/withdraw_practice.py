"""Withdraw a practice."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Visibility
from yui.people.practices.models import Practice, PracticeState, PracticeVersion, VersionStage
from yui.people.practices.operations.practices.errors import WrongPracticeState
from yui.people.practices.operations.practices.keeping import locked, tell, under_work
from yui.people.practices.operations.practices.reviewing import end_waiting_reviews
from yui.people.practices.operations.practices.telling import tell_followers
from yui.people.practices.policies import require_write


@operation("practices.practice.withdraw")
def withdraw_practice(actor: Actor, *, practice: Practice, reason: str) -> None:
    """Say that the practice should no longer be followed; one that was published stays readable, marked so.

    Raises:
        PermissionRefused: when the actor neither wrote it nor edits for the ward.
        WrongPracticeState: when it was withdrawn before.
        ValidationError: without a reason.
    """
    require_write(actor, practice)
    stored = locked(practice)
    if stored.state == PracticeState.WITHDRAWN:
        raise WrongPracticeState(stored.get_state_display())
    version = under_work(stored)
    if version is not None:
        _stop(version)
    was_published = stored.registered_at is not None
    stored.state = PracticeState.WITHDRAWN
    stored.visibility = stored.audience if was_published else Visibility.OWN
    stored.withdrawn_at, stored.withdrawn_reason = now(), reason.strip()
    save_checked(stored)
    tell(stored, "を取り下げました。", data={"reason": reason})
    if was_published:
        tell_followers(stored, f"事例「{stored.title}」が取り下げられました。", besides=actor.user_id)


def _stop(version: PracticeVersion) -> None:
    """Take a version out of review."""
    end_waiting_reviews(version)
    version.stage = VersionStage.DRAFTING
    version.save(update_fields=["stage"])
