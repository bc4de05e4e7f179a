"""Start a job again that failed or was cancelled."""

from django.db.models import F
from django.utils.translation import get_language

from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, require
from yui.kernel.tasks.actors import actor_to_json
from yui.kernel.tasks.errors import JobNotRetryable
from yui.kernel.tasks.models import Job, JobState
from yui.kernel.tasks.queue import put_in_queue
from yui.kernel.tasks.registry import find_kind


@operation("tasks.job.retry")
def retry_job(actor: Actor, *, job: Job) -> Job:
    """Queue the job again with the same arguments; from now on it works for ``actor``.

    Raises:
        JobNotRetryable: when the job waits, runs or is done.
        UnknownJobKind: when its room is gone.
        PermissionRefused: when the actor may not.
    """
    known = find_kind(job.kind)
    require(actor, known.verb, job.organisation)
    jobs = Job.objects.owned_by(job.organisation).filter(
        pk=job.pk, state__in=(JobState.FAILED, JobState.CANCELLED)
    )
    started = jobs.update(
        state=JobState.QUEUED,
        error="",
        result=None,
        done=0,
        total=None,
        progress_text="",
        cancel_requested=False,
        finished_at=None,
        heartbeat_at=None,
        max_attempts=F("attempts") + known.max_attempts,
        requested_by=actor_to_json(actor),
        requested_by_name=actor.name[:120],
        language=get_language() or "ja",
    )
    if not started:
        raise JobNotRetryable
    before = job.state
    job.refresh_from_db()
    put_in_queue(job)
    record(
        job.organisation,
        subject=job.subject,
        summary=f"処理「{job.ledger_title}」をやり直しました",
        changes={"state": [before, job.state]},
        visibility=job.visibility,
    )
    return job
