"""Take alerts out of an incident again."""

from collections.abc import Sequence

from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor
from yui.security.soc.models import AlertGroup, Incident
from yui.security.soc.operations.alerts.telling import tell as tell_alert
from yui.security.soc.operations.incidents.locking import locked_incident, tell


@operation("soc.incident.detach_alerts")
def detach_alerts(actor: Actor, *, incident: Incident, groups: Sequence[int]) -> int:
    """Take these groups (primary keys) out of the incident; those that are not in it are left alone.

    Returns how many were taken out. Their own state and times stay.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
    """
    stored = locked_incident(actor, incident)
    own = AlertGroup.objects.owned_by(stored.organisation).select_related("organisation")
    leaving = list(own.filter(incident=stored, pk__in=list(groups)).select_for_update(of=("self",)))
    for group in leaving:
        group.incident = None
        group.save(update_fields=["incident", "updated_at"])
        tell_alert(actor, group, "soc.incident.detach_alerts", f"を「{stored.number}」から外しました。")
    if not leaving:
        record_nothing("none of them belongs to the incident")
        return 0
    tell(
        actor,
        stored,
        "soc.incident.detach_alerts",
        f"から検知{len(leaving)}件を外しました。",
        data={"groups": [group.pk for group in leaving]},
    )
    return len(leaving)
