"""Take alerts: say that somebody looks at them now."""

from collections.abc import Sequence

from yui.kernel.calendar_jp import now
from yui.kernel.operations import field_changes, operation, record_nothing
from yui.kernel.policy import Actor
from yui.security.soc.models import AlertState
from yui.security.soc.operations.alerts.errors import TakenMeanwhile
from yui.security.soc.operations.alerts.locking import locked_groups, require_open
from yui.security.soc.operations.alerts.telling import tell


@operation("soc.alert.take")
def take_alerts(actor: Actor, *, groups: Sequence[int]) -> int:
    """Acknowledge these groups and make the actor responsible; return how many were taken now.

    All or none. What the actor has taken already counts as done.

    Raises:
        TakenMeanwhile: when somebody else was first, with name and time.
        ClosedMeanwhile: when a group is closed.
        NoSuchAlert, NothingChosen, TooManyChosen, PermissionRefused: as ``locked_groups``.
    """
    taken = 0
    found = locked_groups(actor, groups)
    require_open(found)
    for group in found:
        if group.state == AlertState.WORKING:
            if group.assignee_id == actor.user_id:
                continue
            raise TakenMeanwhile(group.title, str(group.assignee or "Yui"), group.acknowledged_at)
        group.state, group.acknowledged_at = AlertState.WORKING, now()
        group.assignee_id = actor.user_id
        group.save(update_fields=["state", "acknowledged_at", "assignee", "updated_at"])
        tell(
            actor,
            group,
            "soc.alert.take",
            "に着手しました。",
            field_changes({"state": AlertState.NEW}, {"state": group.state}),
        )
        taken += 1
    if not taken:
        record_nothing("all of them are in the actor's hands already")
    return taken
