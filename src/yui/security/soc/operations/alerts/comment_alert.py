"""Write a comment on an alert."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import AlertNote
from yui.security.soc.operations.alerts.locking import bounded, locked_groups
from yui.security.soc.operations.alerts.telling import tell

_LONGEST = 4_000


@operation("soc.alert.comment")
def comment_alert(actor: Actor, *, group: int, text: str) -> AlertNote:
    """Add a comment; the words stay out of the ledger, which tells only that one was written.

    Raises:
        ValidationError: when the text is empty.
        TooLong: when it has more than 4,000 characters.
        NoSuchAlert, PermissionRefused: as ``locked_groups``.
    """
    (found,) = locked_groups(actor, [group])
    note = AlertNote(group=found, text=bounded(text, _LONGEST), written_by_id=actor.user_id)
    note.full_clean()
    note.save()
    tell(actor, found, "soc.alert.comment", "にコメントしました。")
    return note
