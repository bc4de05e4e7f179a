"""Decide not to do a task."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.security.soc.models import IncidentTask
from yui.security.soc.operations.alerts.locking import bounded
from yui.security.soc.operations.incidents.errors import ReasonNeeded
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.operations.incidents.task_settling import open_task_of


@operation("soc.incident.skip_task")
def skip_task(actor: Actor, *, task: IncidentTask, reason: str) -> None:
    """Note that the task is not done, and why.

    Raises:
        ReasonNeeded: without a reason.
        Otherwise as ``open_task_of``.
    """
    incident, stored = open_task_of(actor, task)
    if not reason.strip():
        raise ReasonNeeded
    stored.skipped_reason, stored.done_by_id = bounded(reason, 300), actor.user_id
    stored.save()
    tell(
        actor,
        incident,
        "soc.incident.skip_task",
        "の作業を行わないと決めました。",
        data={"task": stored.step or stored.pk, "reason": stored.skipped_reason},
    )
