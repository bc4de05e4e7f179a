"""What follows from a change of an incident: its state, the dates of its tasks, the papers it needs."""

from datetime import datetime, timedelta

from yui.security.soc.engine.incidents import Kind, state_of
from yui.security.soc.models import Incident, IncidentState, IncidentTask
from yui.security.soc.operations.incidents.duty_keeping import keep_duties
from yui.security.soc.playbooks import step_of
from yui.security.soc.queries.incidents.moments import WHY, Standing, standing_of


def settle(incident: Incident) -> list[str]:
    """Give the incident the state that follows from its moments, save it, and date tasks and papers.

    The caller holds the incident's lock. Returns one Japanese line for each change of a paper.
    """
    standing = standing_of(incident)
    incident.state = IncidentState(state_of(standing, incident.round))
    incident.save()
    _date_tasks(incident, standing)
    return keep_duties(incident)


def due_of_step(step_name: str, standing: Standing, round_number: int) -> datetime | None:
    """Return by when a playbook's step is to be done; None while its hour has not begun to count."""
    step = step_of(step_name)
    if step is None:
        return None
    start = standing.get((round_number, Kind(step.counted_from)))
    return start.at + timedelta(hours=step.within_hours) if start else None


def _date_tasks(incident: Incident, standing: Standing) -> None:
    """Date the open tasks of playbooks by the moments that stand now."""
    tasks = IncidentTask.objects.unscoped(WHY).filter(
        incident=incident, done_at__isnull=True, skipped_reason=""
    )
    for task in tasks.exclude(step=""):
        due = due_of_step(task.step, standing, incident.round)
        if due != task.due_at:
            task.due_at = due
            task.save(update_fields=["due_at"])
