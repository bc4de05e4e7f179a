"""Close an incident."""

from django.utils.translation import get_language

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.engine.duties import TITLES, DutyCode
from yui.security.soc.models import Duty, Incident, IncidentTask, MomentKind
from yui.security.soc.operations.incidents.duty_keeping import OPEN_STATES
from yui.security.soc.operations.incidents.errors import WorkLeft
from yui.security.soc.operations.incidents.locking import open_incident_of, tell
from yui.security.soc.operations.incidents.moment_writing import write_moment
from yui.security.soc.operations.incidents.settling import settle
from yui.security.soc.operations.incidents.system_times import require_systems_contained
from yui.security.soc.queries.incidents.moments import WHY


@operation("soc.incident.close")
def close_incident(actor: Actor, *, incident: Incident, reason: str = "") -> None:
    """Close the incident. It must be contained; required tasks and papers still open need a reason.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        IncidentEnded: when it has ended.
        MomentsContradict: when nobody recorded that it is contained.
        SystemsNotContained: while an affected system is not contained.
        WorkLeft: naming what is open, without a reason.
    """
    stored = open_incident_of(actor, incident)
    at = now()
    left = _left(stored)
    if left and not reason.strip():
        raise WorkLeft(left)
    write_moment(actor, stored, MomentKind.CLOSED, at, recorded_at=at, note=reason)
    require_systems_contained(stored, at)
    settle(stored)
    tell(actor, stored, "soc.incident.close", "を終えました。", data={"left": left})


def _left(incident: Incident) -> list[str]:
    """Return the titles of required tasks and of papers that are still open."""
    tasks = IncidentTask.objects.unscoped(WHY).filter(
        incident=incident, is_required=True, done_at__isnull=True, skipped_reason=""
    )
    papers = Duty.objects.unscoped(WHY).filter(incident=incident, state__in=OPEN_STATES)
    language = get_language() or "ja"
    return [TITLES[DutyCode(duty.code)].in_language(language) for duty in papers] + [
        task.title for task in tasks
    ]
