"""Queues periodic work when it is due, once, however many workers there are."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from yui.kernel.calendar_jp import now
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, OrganisationKind
from yui.kernel.tasks.models import Job, PeriodicTask
from yui.kernel.tasks.operations import enqueue
from yui.kernel.tasks.pulse import REASON
from yui.kernel.tasks.registry import periodic_schedules

logger = logging.getLogger("yui.tasks")

KEPT_DAYS = 7


def update_timetable() -> None:
    """Bring the table in line with what the rooms register: new kinds, changed schedules, kinds that went."""
    schedules = periodic_schedules()
    kept = {task.kind: task for task in PeriodicTask.objects.all()}
    for kind, schedule in schedules.items():
        task = kept.get(kind)
        if task is None or task.schedule != str(schedule):
            PeriodicTask.objects.update_or_create(
                kind=kind, defaults={"schedule": str(schedule), "next_run": schedule.after(now())}
            )
    PeriodicTask.objects.exclude(kind__in=schedules).delete()


def queue_due_work(moment: datetime | None = None) -> int:
    """Queue one job for each periodic kind that is due and has none open; return how many were queued.

    A time missed while no worker ran is made up for once, not once for each time that passed.
    """
    moment = moment or now()
    due = list(PeriodicTask.objects.filter(enabled=True, next_run__lte=moment).values_list("pk", flat=True))
    return sum(_queue_one(pk, moment) for pk in due)


def _queue_one(pk: int, moment: datetime) -> bool:
    organisation = home_organisation()
    if organisation is None:
        return False
    with transaction.atomic():
        # The row's lock (on SQLite, the one writer) lets only one worker see the time as due.
        task = (
            PeriodicTask.objects.select_for_update().filter(pk=pk, enabled=True, next_run__lte=moment).first()
        )
        schedule = periodic_schedules().get(task.kind) if task else None
        if task is None or schedule is None:
            return False
        task.next_run = schedule.after(moment)
        if Job.objects.unscoped(REASON).filter(kind=task.kind, organisation=organisation).open().exists():
            task.save(update_fields=["next_run"])
            return False
        task.last_run = moment
        task.save(update_fields=["next_run", "last_run"])
        enqueue(Actor.system("timetable"), organisation, task.kind)
    return True


def bring_forward(kind: str) -> None:
    """Make periodic work due now instead of at its next time, for more has come up than can wait."""
    moment = now()
    PeriodicTask.objects.filter(kind=kind, enabled=True, next_run__gt=moment).update(next_run=moment)


def home_organisation() -> Organisation | None:
    """Return the body that periodic jobs belong to: the first joint body, else the first organisation."""
    active = Organisation.objects.active()
    return active.filter(kind=OrganisationKind.JOINT_BODY).first() or active.first()


def forget_old_queue_entries(moment: datetime | None = None) -> int:
    """Delete queue entries that ended more than a week ago; the jobs themselves stay."""
    limit = (moment or now()) - timedelta(days=KEPT_DAYS)
    return DBTaskResult.objects.finished().filter(finished_at__lt=limit).delete()[0]
