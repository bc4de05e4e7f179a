"""Turns a playbook's steps into tasks of an incident, and ticks off those that a verb has done."""

from datetime import datetime

from yui.kernel.policy import Actor
from yui.security.soc.models import Incident, IncidentTask
from yui.security.soc.operations.incidents.settling import due_of_step
from yui.security.soc.playbooks import Playbook
from yui.security.soc.queries.incidents.moments import WHY, standing_of


def add_playbook(incident: Incident, playbook: Playbook) -> int:
    """Add the steps that the incident does not have yet, in their order; return how many.

    The caller holds the incident's lock.
    """
    own = IncidentTask.objects.unscoped(WHY).filter(incident=incident)
    known = set(own.order_by().values_list("step", flat=True))
    last = max(own.order_by().values_list("position", flat=True), default=0)
    standing = standing_of(incident)
    tasks = []
    for position, step in enumerate(playbook.steps, start=last + 1):
        name = f"{playbook.code}.{step.code}"
        if name not in known:
            tasks.append(
                IncidentTask(
                    incident=incident,
                    step=name,
                    phase=step.phase,
                    title=step.ja,
                    is_required=step.is_required,
                    role=step.role,
                    due_at=due_of_step(name, standing, incident.round),
                    position=position,
                )
            )
    IncidentTask.objects.bulk_create(tasks)
    return len(tasks)


def tick_off(actor: Actor, incident: Incident, step: str, at: datetime) -> None:
    """Note as done the open steps of this name (``declare``), whatever playbook they are from.

    The caller holds the incident's lock and records the verb that did the step.
    """
    tasks = IncidentTask.objects.unscoped(WHY).filter(
        incident=incident, step__endswith=f".{step}", done_at__isnull=True, skipped_reason=""
    )
    tasks.update(done_at=at, done_by_id=actor.user_id)
