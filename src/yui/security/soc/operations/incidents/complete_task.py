"""Tick a task off."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import IncidentTask
from yui.security.soc.operations.alerts.locking import bounded
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.operations.incidents.task_settling import open_task_of


@operation("soc.incident.complete_task")
def complete_task(actor: Actor, *, task: IncidentTask, result: str = "") -> None:
    """Note that the task is done, by whom, and with what result.

    Raises: as ``open_task_of``.
    """
    incident, stored = open_task_of(actor, task)
    stored.done_at, stored.done_by_id, stored.result = now(), actor.user_id, bounded(result, 500)
    stored.save()
    tell(
        actor,
        incident,
        "soc.incident.complete_task",
        "の作業を済ませました。",
        data={"task": stored.step or stored.pk},
    )
