"""Add a task to an incident by hand."""

from datetime import datetime

from django.db.models import Max

from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.organisations.public import User
from yui.security.soc.models import Incident, IncidentTask
from yui.security.soc.operations.alerts.locking import bounded
from yui.security.soc.operations.incidents.errors import CannotCommand
from yui.security.soc.operations.incidents.locking import open_incident_of, tell
from yui.security.soc.queries.alerts.people import people_for
from yui.security.soc.queries.incidents.moments import WHY


@operation("soc.incident.add_task")
def add_task(
    actor: Actor,
    *,
    incident: Incident,
    title: str,
    phase: str = "contain",
    due_at: datetime | None = None,
    assignee: User | None = None,
    is_required: bool = False,
) -> IncidentTask:
    """Add a task after the others.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        IncidentEnded: when it has ended.
        CannotCommand: when the person may not work the ward's incidents.
        ValidationError: naming each field that is wrong.
    """
    stored = open_incident_of(actor, incident)
    if assignee is not None and not people_for([stored.organisation]).filter(pk=assignee.pk).exists():
        raise CannotCommand(assignee.name)
    own = IncidentTask.objects.unscoped(WHY).filter(incident=stored)
    task = IncidentTask(
        incident=stored,
        title=bounded(title, 300),
        phase=phase,
        due_at=due_at,
        assignee=assignee,
        is_required=is_required,
        position=(own.aggregate(last=Max("position"))["last"] or 0) + 1,
    )
    save_checked(task)
    tell(actor, stored, "soc.incident.add_task", "に作業を加えました。", data={"task": task.pk})
    return task
