"""What a job's function is given: whom it works for, and how to report and to stop."""

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.tasks.errors import JobCancelled, JobInterrupted, JobTaken
from yui.kernel.tasks.models import Job
from yui.kernel.tasks.pulse import REASON, TEXT_LENGTH, Progress, PulseStore

LOOK_SECONDS = 0.5


class JobRun:
    """One attempt of a job."""

    def __init__(self, job: Job, actor: Actor, is_stopping: Callable[[], bool]) -> None:
        self.job_id: int = job.pk
        self.kind: str = job.kind
        self.organisation: Organisation = job.organisation
        self.actor = actor
        self.attempt: int = job.attempts
        self.latest = Progress()
        self._is_stopping = is_stopping
        self._looked_at = 0.0

    def progress(self, done: int, total: int | None = None, text: str = "") -> None:
        """Tell how far the job is; costs nothing: a thread beside it writes at most twice a second.

        Args:
            done: units of work finished, of any sort (rows, files, wards).
            total: units in all, None while unknown.
            text: what is being done now, for people.
        """
        self.latest = Progress(done, total, text[:TEXT_LENGTH])

    def check_cancelled(self) -> None:
        """Stop here if the job should no longer run; looks at the database at most twice a second.

        Call it wherever the work can be left without harm, best inside the transaction that it would
        roll back.

        Raises:
            JobCancelled: when somebody cancelled the job.
            JobInterrupted: when the worker is stopping; the job returns to the queue.
            JobTaken: when the job was believed dead and another attempt has begun.
        """
        if self._is_stopping():
            raise JobInterrupted
        if time.monotonic() - self._looked_at < LOOK_SECONDS:
            return
        self._looked_at = time.monotonic()
        jobs = Job.objects.unscoped(REASON).running_attempt(self.job_id, self.attempt)
        asked = jobs.values_list("cancel_requested", flat=True).first()
        if asked is None:
            raise JobTaken
        if asked:
            raise JobCancelled


class Heart:
    """A thread that gives the signs of life of one attempt while the block runs."""

    def __init__(self, run: JobRun, store: PulseStore, seconds: float) -> None:
        self._run = run
        self._store = store
        self._seconds = seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heart-{run.job_id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        written: Progress | None = None
        beaten_at = 0.0
        try:
            while not self._ended.wait(min(LOOK_SECONDS, self._seconds)):
                latest = self._run.latest
                if latest != written or time.monotonic() - beaten_at >= self._seconds:
                    try:
                        self._store.beat(self._run.job_id, self._run.attempt, latest)
                    except (DatabaseError, OSError):
                        # A missed beat is made up by the next one; the work itself must not suffer.
                        connection.close()
                        continue
                    written, beaten_at = latest, time.monotonic()
        finally:
            connection.close()
