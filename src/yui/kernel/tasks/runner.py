"""Runs one attempt of one job and writes down how it ended."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import now
from yui.kernel.policy import Actor, ActorKind
from yui.kernel.tasks.actors import actor_from_json
from yui.kernel.tasks.errors import JobCancelled, JobFailed, JobInterrupted, JobTaken, UnknownJobKind
from yui.kernel.tasks.models import Job, JobState
from yui.kernel.tasks.operations.end_attempt import Ending, end_attempt
from yui.kernel.tasks.pulse import REASON, PulseStore, pulse_store
from yui.kernel.tasks.registry import find_kind
from yui.kernel.tasks.run import Heart, JobRun

logger = logging.getLogger("yui.tasks")


@dataclass(frozen=True)
class Surroundings:
    """What a worker gives to the jobs that it runs.

    ``actor_now`` turns a user's id into the actor with today's roles; without it, a job keeps the roles
    that its asker held on asking.
    """

    worker_id: str = ""
    heartbeat_seconds: float = 5.0
    is_stopping: Callable[[], bool] = lambda: False
    actor_now: Callable[[int], Actor] | None = None


TRIES = 5


def run_job(around: Surroundings, job_pk: int) -> None:
    """Run the job if it still waits. Whatever the job does, this returns, and the row says how it ended."""
    job = _begin(job_pk, around.worker_id)
    if job is None:
        return
    store = pulse_store()
    with translation.override(job.language):
        run = JobRun(job, _actor(job, around), around.is_stopping)
        ending = _attempt(job, run, store, around.heartbeat_seconds)
        try:
            _end(job, ending)
        except JobTaken:
            logger.warning("job %s: attempt %s ended after another had begun", job.pk, job.attempts)
            return
    store.forget(job.pk)


def _end(job: Job, ending: Ending) -> None:
    """Write the ending down, waiting for a busy database: work that is done must not be done again."""
    for left in reversed(range(TRIES)):
        try:
            end_attempt(Actor.system("worker"), job=job, ending=ending)
            return
        except OperationalError:
            if not left:
                raise
            time.sleep(1)


def _begin(job_pk: int, worker_id: str) -> Job | None:
    """Take the job for a new attempt; None when it no longer waits (cancelled, or queued twice)."""
    jobs = Job.objects.unscoped(REASON).filter(pk=job_pk)
    moment = now()
    taken = jobs.filter(state=JobState.QUEUED).update(
        state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        started_at=moment,
        heartbeat_at=moment,
        worker_id=worker_id or uuid4().hex,
    )
    return jobs.select_related("organisation").get() if taken else None


def _actor(job: Job, around: Surroundings) -> Actor:
    """Return whom the job works for, with the roles of now where the worker can tell them."""
    kept = actor_from_json(job.requested_by)
    if kept.kind is ActorKind.PERSON and kept.user_id is not None and around.actor_now is not None:
        return around.actor_now(kept.user_id)
    return kept


def _attempt(job: Job, run: JobRun, store: PulseStore, heartbeat_seconds: float) -> Ending:
    """Call the job's function and say how it ended."""
    try:
        known = find_kind(job.kind)
        with Heart(run, store, heartbeat_seconds):
            result = known.function(run, **job.arguments)
    except (JobCancelled, JobTaken):
        # An attempt that another has replaced cannot write any ending; the fence refuses it.
        return Ending(JobState.CANCELLED, run.latest)
    except JobInterrupted:
        return Ending(JobState.QUEUED, run.latest, is_counted=False)
    except (JobFailed, UnknownJobKind, PermissionDenied) as error:
        return Ending(JobState.FAILED, run.latest, error=str(error))
    except ValidationError as error:
        return Ending(JobState.FAILED, run.latest, error="\n".join(error.messages))
    except OperationalError:
        logger.exception("job %s: the database did not answer", job.pk)
        return _again(job, run)
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        return Ending(JobState.FAILED, run.latest, error=unexpected(job))
    return Ending(JobState.SUCCEEDED, run.latest, result=None if result is None else dict(result))


def _again(job: Job, run: JobRun) -> Ending:
    """Return the job to the queue while attempts are left: a busy database is no fault of the job."""
    if job.attempts < job.max_attempts:
        return Ending(JobState.QUEUED, run.latest)
    return Ending(JobState.FAILED, run.latest, error=unexpected(job))


def unexpected(job: Job) -> str:
    """Return what people are told of a fault that nobody foresaw."""
    return _(
        "予期しない問題で止まりました。「やり直す」を押してください。"
        "続くときは、処理番号 {number} を管理者に伝えてください。"
    ).format(number=job.pk)
