"""Give up a new version that is being written."""

from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.people.practices.models import Practice, PracticeState, VersionStage
from yui.people.practices.operations.practices.errors import TextInReview, WrongPracticeState
from yui.people.practices.operations.practices.keeping import locked, require_under_work, tell
from yui.people.practices.policies import require_write


@operation("practices.practice.discard_version")
def discard_version(actor: Actor, *, practice: Practice) -> None:
    """Throw the text under work away; the published version stays.

    Raises:
        PermissionRefused: when the actor neither wrote it nor edits for the ward.
        WrongPracticeState: when there is no published version to stay.
        NothingUnderWork: when no new version is being written.
        TextInReview: while somebody reviews it.
    """
    require_write(actor, practice)
    stored = locked(practice)
    if stored.state != PracticeState.PUBLISHED:
        raise WrongPracticeState(stored.get_state_display())
    version = require_under_work(stored)
    if version.stage == VersionStage.IN_REVIEW:
        raise TextInReview
    number = version.number
    version.delete()
    stored.revision += 1
    save_checked(stored)
    tell(stored, f"の書きかけの第{number}版をやめました。")
