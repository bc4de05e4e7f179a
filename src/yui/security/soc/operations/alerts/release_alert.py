"""Give an alert back to the queue."""

from yui.kernel.operations import field_changes, operation
from yui.kernel.policy import Actor
from yui.security.soc.models import AlertState
from yui.security.soc.operations.alerts.errors import NotYours
from yui.security.soc.operations.alerts.locking import locked_groups
from yui.security.soc.operations.alerts.telling import tell


@operation("soc.alert.release")
def release_alert(actor: Actor, *, group: int) -> None:
    """Undo taking: the group waits again, and its time of acknowledgement is taken back.

    The ledger keeps when it was taken and given back.

    Raises:
        NotYours: when the group is not in the actor's hands.
        NoSuchAlert, PermissionRefused: as ``locked_groups``.
    """
    (found,) = locked_groups(actor, [group])
    if found.state != AlertState.WORKING or found.assignee_id != actor.user_id:
        raise NotYours(found.title)
    before = {"state": found.state, "acknowledged_at": found.acknowledged_at}
    found.state, found.acknowledged_at, found.assignee = AlertState.NEW, None, None
    found.save(update_fields=["state", "acknowledged_at", "assignee", "updated_at"])
    tell(
        actor,
        found,
        "soc.alert.release",
        "を手放しました。",
        field_changes(before, {"state": found.state, "acknowledged_at": None}),
    )
