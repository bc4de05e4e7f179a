"""Reads a task with its incident locked, and refuses to settle it twice."""

from django.utils.translation import gettext as _

from yui.kernel.policy import Actor
from yui.security.soc.models import Incident, IncidentTask
from yui.security.soc.operations.incidents.errors import AlreadySettled
from yui.security.soc.operations.incidents.locking import open_incident_of
from yui.security.soc.queries.incidents.moments import WHY


def open_task_of(actor: Actor, task: IncidentTask) -> tuple[Incident, IncidentTask]:
    """Return the running incident, locked, and its task, not settled yet.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        IncidentEnded: when the incident has ended.
        AlreadySettled: when the task was done or declined already.
    """
    incident = open_incident_of(actor, task.incident)
    stored: IncidentTask = IncidentTask.objects.unscoped(WHY).get(pk=task.pk, incident=incident)
    if stored.done_at is not None:
        raise AlreadySettled(stored.title, _("済み"))
    if stored.skipped_reason:
        raise AlreadySettled(stored.title, _("行わない"))
    return incident, stored
