"""Take a file away from a practice."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.practices.models import PracticeAttachment
from yui.people.practices.operations.practices.keeping import locked, tell
from yui.people.practices.policies import require_write


@operation("practices.file.remove")
def remove_file(actor: Actor, *, file: PracticeAttachment) -> None:
    """Stop handing a file out; the ledger keeps its name and hash.

    Raises:
        PermissionRefused: when the actor neither wrote the practice nor edits for its ward.
    """
    require_write(actor, file.practice)
    stored = locked(file.practice)
    name, sha256 = file.name, file.sha256
    PracticeAttachment.objects.owned_by(stored.organisation).filter(pk=file.pk).delete()
    tell(stored, f"の資料「{name}」を外しました。", data={"sha256": sha256})
