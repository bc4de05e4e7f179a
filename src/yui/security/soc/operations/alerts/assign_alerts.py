"""Give alerts into other hands."""

from collections.abc import Sequence

from yui.kernel.calendar_jp import now
from yui.kernel.operations import field_changes, operation, record_nothing
from yui.kernel.policy import Actor
from yui.organisations.public import User
from yui.security.soc.models import AlertGroup, AlertState
from yui.security.soc.operations.alerts.errors import CannotWork
from yui.security.soc.operations.alerts.locking import locked_groups, require_open
from yui.security.soc.operations.alerts.telling import tell
from yui.security.soc.queries.alerts.people import people_for


@operation("soc.alert.assign")
def assign_alerts(actor: Actor, *, groups: Sequence[int], person: User, hands: str = "") -> int:
    """Make ``person`` responsible for these groups; one that nobody took is acknowledged by this.

    Args:
        hands: in whose hands the page showed a single group; empty: no check.

    Returns how many changed hands.

    Raises:
        CannotWork: when the person has no role in a ward concerned, nor in a body that watches it.
        ClosedMeanwhile, ChangedHands: as ``require_open``.
        NoSuchAlert, NothingChosen, TooManyChosen, PermissionRefused: as ``locked_groups``.
    """
    found = locked_groups(actor, groups)
    require_open(found, hands)
    wards = {group.organisation_id: group.organisation for group in found}
    if not people_for(wards.values()).filter(pk=person.pk).exists():
        raise CannotWork(str(person))
    changed = 0
    for group in found:
        if group.assignee_id != person.pk:
            _hand_over(actor, group, person)
            changed += 1
    if not changed:
        record_nothing("the person has all of them already")
    return changed


def _hand_over(actor: Actor, group: AlertGroup, person: User) -> None:
    before = {"state": group.state, "assignee": str(group.assignee) if group.assignee else None}
    group.assignee = person
    if group.state == AlertState.NEW:
        group.state, group.acknowledged_at = AlertState.WORKING, now()
    group.save(update_fields=["state", "acknowledged_at", "assignee", "updated_at"])
    changes = field_changes(before, {"state": group.state, "assignee": str(person)})
    tell(actor, group, "soc.alert.assign", f"の担当を{person}さんにしました。", changes)
