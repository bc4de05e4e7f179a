"""Stop a job that nobody needs any more."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, require
from yui.kernel.tasks.errors import JobNotCancellable
from yui.kernel.tasks.models import Job, JobState
from yui.kernel.tasks.permission import verb_for


@operation("tasks.job.cancel")
def cancel_job(actor: Actor, *, job: Job) -> Job:
    """Cancel a waiting job at once, or ask a running one to stop at its next safe point.

    Raises:
        JobNotCancellable: when the job has already ended.
        PermissionRefused: when the actor may not.
    """
    require(actor, verb_for(job), job.organisation)
    jobs = Job.objects.owned_by(job.organisation).filter(pk=job.pk)
    waited = jobs.filter(state=JobState.QUEUED).update(
        state=JobState.CANCELLED, finished_at=now(), cancel_requested=True
    )
    if not waited and not jobs.filter(state=JobState.RUNNING).update(cancel_requested=True):
        raise JobNotCancellable
    before = job.state
    job.refresh_from_db()
    record(
        job.organisation,
        subject=job.subject,
        summary=f"処理「{job.ledger_title}」の取消を求めました",
        changes={"state": [before, job.state], "cancel_requested": [False, True]},
        visibility=job.visibility,
    )
    return job
