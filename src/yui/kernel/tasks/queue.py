"""The bridge to django-tasks: one queued task per attempt, whatever the kind of job.

The worker says in ``runner`` how a job is run; asking for a job needs to know nothing of that.
"""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import timedelta

from django_tasks import task

from yui.kernel.calendar_jp import now
from yui.kernel.tasks.models import Job
from yui.kernel.tasks.pulse import REASON

runner: ContextVar[Callable[[int], None]] = ContextVar("runner")


@task()
def run_queued_job(job_id: int) -> None:
    """Run one job in the worker that took it from the queue (``yui worker``)."""
    runner.get()(job_id)


def put_in_queue(job: Job, *, delay_seconds: float = 0) -> None:
    """Put a job at the end of the queue, in the caller's transaction."""
    task_to_run = run_queued_job
    if delay_seconds:
        task_to_run = task_to_run.using(run_after=now() + timedelta(seconds=delay_seconds))
    placed = task_to_run.enqueue(job_id=job.pk)
    Job.objects.unscoped(REASON).filter(pk=job.pk).update(queue_id=placed.id)
