"""Close a joint alert with the reason."""

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.operations import field_changes, operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.security.soc.models import AlertState, CloseReason, JointAlert
from yui.security.soc.operations.alerts.errors import ClosedMeanwhile
from yui.security.soc.operations.alerts.locking import bounded

_LONGEST_NOTE = 2_000


@operation("soc.joint_alert.close")
def close_joint_alert(actor: Actor, *, joint: JointAlert, reason: CloseReason, note: str = "") -> None:
    """Close it; one that nobody took is acknowledged at the same moment, by the actor.

    Raises:
        PermissionRefused: when the actor may not edit the joint body's records.
        ClosedMeanwhile: when it is closed.
        TooLong: when the note has more than 2,000 characters.
    """
    require(actor, Verb.EDIT, joint.organisation)
    stored = JointAlert.objects.owned_by(joint.organisation).select_for_update().get(pk=joint.pk)
    if stored.state == AlertState.CLOSED:
        raise ClosedMeanwhile(str(stored), str(stored.assignee or "Yui"), stored.closed_at)
    before, moment = {"state": stored.state}, now()
    stored.state, stored.closed_at = AlertState.CLOSED, moment
    stored.close_reason, stored.close_note = CloseReason(reason), bounded(note, _LONGEST_NOTE)
    if stored.acknowledged_at is None:
        stored.acknowledged_at, stored.assignee_id = moment, actor.user_id
    stored.save()
    record(
        stored.organisation,
        subject=urn("soc.joint_alert", stored.pk),
        summary=f"横断検知を完了しました({CloseReason(reason).label})。",
        changes=field_changes(before, {"state": stored.state, "close_reason": str(reason)}),
    )
