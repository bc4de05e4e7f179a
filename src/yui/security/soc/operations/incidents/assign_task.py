"""Give a task to a person."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.organisations.public import User
from yui.security.soc.models import IncidentTask
from yui.security.soc.operations.incidents.errors import CannotCommand
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.operations.incidents.task_settling import open_task_of
from yui.security.soc.queries.alerts.people import people_for


@operation("soc.incident.assign_task")
def assign_task(actor: Actor, *, task: IncidentTask, person: User | None) -> None:
    """Give the task to a person, or to nobody.

    Raises:
        CannotCommand: when the person may not work the ward's incidents.
        Otherwise as ``open_task_of``.
    """
    incident, stored = open_task_of(actor, task)
    if person is not None and not people_for([incident.organisation]).filter(pk=person.pk).exists():
        raise CannotCommand(person.name)
    before, stored.assignee = stored.assignee, person
    stored.save()
    tell(
        actor,
        incident,
        "soc.incident.assign_task",
        "の作業の担当を決めました。",
        changes={"assignee": [str(before) if before else None, str(person) if person else None]},
        data={"task": stored.step or stored.pk},
    )
