"""Put a file beside a practice."""

from yui.kernel.attachments.keeping import KeptUpload
from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.people.practices.models import FilePurpose, Practice, PracticeAttachment, PracticeState
from yui.people.practices.operations.practices.errors import WrongPracticeState
from yui.people.practices.operations.practices.keeping import locked, tell
from yui.people.practices.policies import require_write


@operation("practices.file.add")
def add_file(
    actor: Actor, *, practice: Practice, kept: KeptUpload, purpose: FilePurpose
) -> PracticeAttachment:
    """Let readers have a file that was kept by ``keep_upload``.

    Raises:
        PermissionRefused: when the actor neither wrote the practice nor edits for its ward.
        WrongPracticeState: when it was withdrawn.
    """
    require_write(actor, practice)
    stored = locked(practice)
    if stored.state == PracticeState.WITHDRAWN:
        raise WrongPracticeState(stored.get_state_display())
    file = PracticeAttachment(
        practice=stored, purpose=purpose, uploaded_by_id=actor.user_id, **kept.as_fields()
    )
    save_checked(file)
    tell(stored, f"に資料「{kept.name}」を添付しました。", data={"file": file.pk, "sha256": kept.sha256})
    return file
