"""Take a text back from review."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.practices.models import Practice, VersionStage
from yui.people.practices.operations.practices.errors import NothingUnderWork
from yui.people.practices.operations.practices.keeping import locked, require_under_work, tell
from yui.people.practices.operations.practices.reviewing import back_to_writing
from yui.people.practices.policies import require_write


@operation("practices.practice.take_back")
def take_back_practice(actor: Actor, *, practice: Practice) -> None:
    """Let the writers work on the text again.

    Raises:
        PermissionRefused: when the actor neither wrote it nor edits for the ward.
        NothingUnderWork: when no text is being reviewed.
    """
    require_write(actor, practice)
    stored = locked(practice)
    version = require_under_work(stored)
    if version.stage != VersionStage.IN_REVIEW:
        raise NothingUnderWork
    back_to_writing(stored, version)
    tell(stored, "を査読から戻しました。")
