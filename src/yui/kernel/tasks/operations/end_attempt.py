"""Write down how an attempt of a job ended."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.tasks.errors import JobTaken
from yui.kernel.tasks.models import Job, JobState
from yui.kernel.tasks.pulse import Progress
from yui.kernel.tasks.queue import put_in_queue

PAUSE_SECONDS = 2.0


@dataclass(frozen=True)
class Ending:
    """How an attempt ended. A state of QUEUED means that another attempt follows."""

    state: JobState
    progress: Progress
    result: Any = None
    error: str = ""
    is_counted: bool = True


SUMMARIES = {
    JobState.SUCCEEDED: "処理「{title}」が終わりました",
    JobState.FAILED: "処理「{title}」が失敗しました",
    JobState.CANCELLED: "処理「{title}」を取り消しました",
    JobState.QUEUED: "処理「{title}」を待ち行列に戻しました",
}


@operation("tasks.job.end_attempt")
def end_attempt(actor: Actor, *, job: Job, ending: Ending) -> None:
    """Set what the attempt ``job.attempts`` came to.

    Raises:
        JobTaken: when that attempt is no longer the running one; then nothing is changed.
    """
    require(actor, Verb.ADMINISTER, job.organisation)
    is_over = ending.state is not JobState.QUEUED
    ended = (
        Job.objects.owned_by(job.organisation)
        .running_attempt(job.pk, job.attempts)
        .update(
            state=ending.state,
            done=ending.progress.done,
            total=ending.progress.total,
            progress_text=ending.progress.text,
            result=ending.result,
            error=ending.error,
            finished_at=now() if is_over else None,
            heartbeat_at=None,
            # Attempts number the tries and so never go down; an uncounted one raises the limit instead.
            max_attempts=F("max_attempts") + (0 if ending.is_counted else 1),
        )
    )
    if not ended:
        raise JobTaken
    if not is_over:
        put_in_queue(job, delay_seconds=PAUSE_SECONDS if ending.is_counted else 0)
    record(
        job.organisation,
        subject=job.subject,
        summary=SUMMARIES[ending.state].format(title=job.ledger_title),
        changes={"state": [JobState.RUNNING.value, ending.state.value]},
        visibility=job.visibility,
    )
