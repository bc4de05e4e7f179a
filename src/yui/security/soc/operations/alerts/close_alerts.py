"""Close alerts with the reason."""

from collections.abc import Sequence

from yui.kernel.calendar_jp import now
from yui.kernel.operations import field_changes, operation
from yui.kernel.policy import Actor
from yui.security.soc.models import AlertGroup, AlertState, CloseReason
from yui.security.soc.operations.alerts.locking import bounded, locked_groups, require_open
from yui.security.soc.operations.alerts.telling import tell

_LONGEST_NOTE = 2_000


@operation("soc.alert.close")
def close_alerts(
    actor: Actor, *, groups: Sequence[int], reason: CloseReason, note: str = "", hands: str = ""
) -> int:
    """Close these groups; one that nobody took is acknowledged at the same moment, by the actor.

    Args:
        note: what was found, at most 2,000 characters.
        hands: in whose hands the page showed a single group; empty: no check.

    Returns how many were closed: all or none.

    Raises:
        ClosedMeanwhile, ChangedHands: as ``require_open``.
        TooLong: when the note is longer.
        NoSuchAlert, NothingChosen, TooManyChosen, PermissionRefused: as ``locked_groups``.
    """
    found = locked_groups(actor, groups)
    require_open(found, hands)
    words = bounded(note, _LONGEST_NOTE)
    for group in found:
        _close(actor, group, CloseReason(reason), words)
    return len(found)


def _close(actor: Actor, group: AlertGroup, reason: CloseReason, note: str) -> None:
    before, moment = {"state": group.state}, now()
    group.state, group.closed_at, group.closed_by_id = AlertState.CLOSED, moment, actor.user_id
    group.close_reason, group.close_note = reason, note
    if group.acknowledged_at is None:
        group.acknowledged_at = moment
        group.assignee_id = actor.user_id
    group.save()
    changes = field_changes(before, {"state": group.state, "close_reason": str(reason)})
    tell(actor, group, "soc.alert.close", f"を完了しました({reason.label})。", changes)
