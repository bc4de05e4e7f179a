"""Finds jobs whose worker died and gives them back to the queue."""

import logging
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from yui.kernel.calendar_jp import now
from yui.kernel.policy import Actor
from yui.kernel.tasks.errors import JobTaken
from yui.kernel.tasks.models import Job, JobState
from yui.kernel.tasks.operations.end_attempt import Ending, end_attempt
from yui.kernel.tasks.pulse import REASON, Progress, pulse_store

logger = logging.getLogger("yui.tasks")


class WorkerLost(Exception):
    """The worker that ran a queued task gave no sign of life any more."""


def requeue_lost_jobs(lost_after_seconds: float) -> int:
    """Return to the queue each running job that gave no sign for so long; fail it when its tries are used up.

    Safe to call from several workers at once: each attempt can be ended only once.
    """
    store = pulse_store()
    limit = now() - timedelta(seconds=lost_after_seconds)
    returned = 0
    running = Job.objects.unscoped(REASON).filter(state=JobState.RUNNING).select_related("organisation")
    for job in running:
        pulse = store.read(job)
        if pulse is not None and pulse.at >= limit:
            continue
        with override(job.language):
            ending = _ending(job, pulse.progress if pulse else Progress())
            try:
                end_attempt(Actor.system("worker"), job=job, ending=ending)
            except JobTaken:
                continue
        logger.warning("job %s: worker %s was lost in attempt %s", job.pk, job.worker_id, job.attempts)
        _close_queue_entry(job)
        returned += 1
    return returned


def _ending(job: Job, progress: Progress) -> Ending:
    if job.cancel_requested:
        return Ending(JobState.CANCELLED, progress)
    if job.attempts < job.max_attempts:
        return Ending(JobState.QUEUED, progress)
    return Ending(
        JobState.FAILED,
        progress,
        error=_(
            "処理が{count}回とも途中で止まりました。サーバーの記録を見るよう管理者に伝えてください。"
        ).format(count=job.attempts),
    )


def _close_queue_entry(job: Job) -> None:
    """Mark the dead attempt's entry in the queue as failed, so that it does not look as if it still ran."""
    if job.queue_id is None:
        return
    for entry in DBTaskResult.objects.running().filter(pk=job.queue_id):
        entry.set_failed(WorkerLost(f"no sign of life from {job.worker_id}"))
