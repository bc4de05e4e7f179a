"""Make alerts part of an incident."""

from collections.abc import Sequence

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.operations import field_changes, operation, record_nothing
from yui.kernel.policy import Actor
from yui.security.soc.models import AlertGroup, AlertState, Incident
from yui.security.soc.operations.alerts.errors import OtherWard
from yui.security.soc.operations.alerts.locking import locked_groups
from yui.security.soc.operations.alerts.telling import tell
from yui.security.soc.operations.recording import record_watched


@operation("soc.alert.attach")
def attach_alerts(actor: Actor, *, groups: Sequence[int], incident: Incident) -> int:
    """Attach these groups to an incident of the same ward; one that nobody took is acknowledged by this.

    Returns how many were attached: all or none.

    Raises:
        OtherWard: when a group is of another ward than the incident.
        NoSuchAlert, NothingChosen, TooManyChosen, PermissionRefused: as ``locked_groups``.
    """
    found = locked_groups(actor, groups)
    for group in found:
        if group.organisation_id != incident.organisation_id:
            raise OtherWard(group.title)
    joining = [group for group in found if group.incident_id != incident.pk]
    for group in joining:
        _attach(actor, group, incident)
    if joining:
        record_watched(
            actor,
            incident.organisation,
            kind="soc.alert.attach",
            subject=urn("soc.incident", incident.pk),
            summary=f"検知{len(joining)}件を「{incident.number}」に加えました。",
            data={"groups": [group.pk for group in joining]},
        )
    else:
        record_nothing("all of them belong to the incident already")
    return len(joining)


def _attach(actor: Actor, group: AlertGroup, incident: Incident) -> None:
    before = {"incident": group.incident.number if group.incident else None, "state": group.state}
    group.incident = incident
    if group.state == AlertState.NEW:
        group.state, group.acknowledged_at, group.assignee_id = AlertState.WORKING, now(), actor.user_id
    group.save(update_fields=["incident", "state", "acknowledged_at", "assignee", "updated_at"])
    changes = field_changes(before, {"incident": incident.number, "state": group.state})
    tell(actor, group, "soc.alert.attach", f"を「{incident.number}」に加えました。", changes)
