"""Open closed alerts again."""

from collections.abc import Sequence

from yui.kernel.operations import field_changes, operation
from yui.kernel.policy import Actor
from yui.security.soc.models import AlertGroup, AlertState
from yui.security.soc.operations.alerts.errors import NotClosed, OpenAgain
from yui.security.soc.operations.alerts.locking import locked_groups
from yui.security.soc.operations.alerts.telling import tell


@operation("soc.alert.reopen")
def reopen_alerts(actor: Actor, *, groups: Sequence[int]) -> int:
    """Undo closing: the groups are worked on again, with their first time of acknowledgement.

    Returns how many were opened: all or none.

    Raises:
        NotClosed: when one is open.
        OpenAgain: when the same thing stands open under a newer record of the same moment.
        NoSuchAlert, NothingChosen, TooManyChosen, PermissionRefused: as ``locked_groups``.
    """
    found = locked_groups(actor, groups)
    for group in found:
        if group.state != AlertState.CLOSED:
            raise NotClosed(group.title)
        if _stands_open(group):
            raise OpenAgain(group.title)
        before = {"state": group.state, "close_reason": group.close_reason}
        group.state, group.closed_at, group.closed_by = AlertState.WORKING, None, None
        group.close_reason, group.close_note = "", ""
        group.save()
        changes = field_changes(before, {"state": group.state, "close_reason": ""})
        tell(actor, group, "soc.alert.reopen", "を再開しました。", changes)
    return len(found)


def _stands_open(group: AlertGroup) -> bool:
    same = AlertGroup.objects.owned_by(group.organisation).open()
    return same.filter(group_key=group.group_key, opened_for=group.opened_for).exists()
