"""Take a joint alert: say that somebody of the joint body looks at it now."""

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.operations import field_changes, operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.security.soc.models import AlertState, JointAlert
from yui.security.soc.operations.alerts.errors import ClosedMeanwhile, TakenMeanwhile


@operation("soc.joint_alert.take")
def take_joint_alert(actor: Actor, *, joint: JointAlert) -> bool:
    """Acknowledge it and make the actor responsible; tell whether that changed anything.

    Raises:
        PermissionRefused: when the actor may not edit the joint body's records.
        TakenMeanwhile, ClosedMeanwhile: when somebody else was first, with name and time.
    """
    require(actor, Verb.EDIT, joint.organisation)
    stored = JointAlert.objects.owned_by(joint.organisation).select_for_update().get(pk=joint.pk)
    if stored.state == AlertState.CLOSED:
        raise ClosedMeanwhile(str(stored), str(stored.assignee or "Yui"), stored.closed_at)
    if stored.state == AlertState.WORKING:
        if stored.assignee_id == actor.user_id:
            record_nothing("it is in the actor's hands already")
            return False
        raise TakenMeanwhile(str(stored), str(stored.assignee or "Yui"), stored.acknowledged_at)
    stored.state, stored.acknowledged_at, stored.assignee_id = AlertState.WORKING, now(), actor.user_id
    stored.save(update_fields=["state", "acknowledged_at", "assignee", "updated_at"])
    record(
        stored.organisation,
        subject=urn("soc.joint_alert", stored.pk),
        summary="横断検知に着手しました。",
        changes=field_changes({"state": AlertState.NEW}, {"state": stored.state}),
    )
    return True
