"""Open an incident from alerts, with the times that the alerts' own records have."""

from collections.abc import Sequence
from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import AlertGroup, Incident, MomentSource
from yui.security.soc.operations.alerts.attach_alerts import attach_alerts
from yui.security.soc.operations.alerts.locking import locked_groups
from yui.security.soc.operations.incidents.errors import OtherWard
from yui.security.soc.operations.incidents.facts import CaseFacts
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.operations.incidents.opening import begin, first_moments


@operation("soc.incident.open_from_alerts")
def open_from_alerts(actor: Actor, *, groups: Sequence[int], facts: CaseFacts) -> Incident:
    """Open an incident of the ward whose alert groups (primary keys) these are, and attach them.

    Detected is the earliest detection of the groups, acknowledged the earliest taking of one (now, where
    nobody took any), occurred the earliest event unless a wrong clock puts it after the detection.

    Raises:
        OtherWard: when the groups belong to several wards.
        NoSuchAlert, NothingChosen, TooManyChosen, PermissionRefused: as ``locked_groups``.
        ValidationError: naming each field that is wrong.
    """
    found = locked_groups(actor, groups)
    ward = found[0].organisation
    for group in found:
        if group.organisation_id != ward.pk:
            raise OtherWard(group.title)
    recorded_at = now()
    incident = begin(actor, ward, facts, recorded_at=recorded_at)
    detected_at = min(group.detected_at for group in found)
    first_event = min(group.first_event_at for group in found)
    papers = first_moments(
        actor,
        incident,
        recorded_at=recorded_at,
        detected_at=detected_at,
        source=MomentSource.ALERT,
        occurred_at=first_event if first_event <= detected_at else None,
        acknowledged_at=max(detected_at, _taken_at(found) or recorded_at),
    )
    attach_alerts(actor, groups=[group.pk for group in found], incident=incident)
    tell(
        actor,
        incident,
        "soc.incident.open_from_alerts",
        f"を検知{len(found)}件から開きました。",
        data={"groups": [group.pk for group in found], "papers": papers},
    )
    return incident


def _taken_at(groups: Sequence[AlertGroup]) -> datetime | None:
    """Return when the first of the groups was taken, None where nobody took any."""
    return min((group.acknowledged_at for group in groups if group.acknowledged_at), default=None)
