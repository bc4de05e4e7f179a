"""Signs of life and progress, written by a worker beside the job's own transaction.

On a server database they are rows, written over a connection of their own. SQLite has one writer at a
time, and a job that loads a file in one transaction is that writer; there the signs are small files
under ``YUI_HOME/pulse``, which nothing can block.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection

from yui.kernel.calendar_jp import now
from yui.kernel.tasks.models import Job, WorkerRecord

TEXT_LENGTH = 200
REASON = "the worker keeps every organisation's jobs"


@dataclass(frozen=True)
class Progress:
    """How far a job is: ``done`` of ``total`` (None while unknown), and what it is doing in words."""

    done: int = 0
    total: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Pulse:
    """The latest sign of life of one attempt of a job."""

    at: datetime
    progress: Progress


class PulseStore(Protocol):
    """Where signs of life are written and read."""

    def beat(self, job_pk: int, attempt: int, progress: Progress) -> None:
        """Write that the attempt lives and how far it is."""

    def read(self, job: Job) -> Pulse | None:
        """Return the latest sign of the job's current attempt, or None where it gave none."""

    def forget(self, job_pk: int) -> None:
        """Drop what is kept of a job that has ended."""

    def worker_alive(self, worker_id: str) -> None:
        """Write that a worker lives."""

    def worker_gone(self, worker_id: str) -> None:
        """Drop a worker that stopped in good order."""

    def latest_worker(self) -> datetime | None:
        """Return when any worker last gave a sign."""


class DatabasePulse:
    """Signs of life as rows."""

    def beat(self, job_pk: int, attempt: int, progress: Progress) -> None:
        """Write that the attempt lives and how far it is."""
        Job.objects.unscoped(REASON).running_attempt(job_pk, attempt).update(
            heartbeat_at=now(), done=progress.done, total=progress.total, progress_text=progress.text
        )

    def read(self, job: Job) -> Pulse | None:
        """Return the sign that the row itself carries."""
        if job.heartbeat_at is None:
            return None
        return Pulse(job.heartbeat_at, Progress(job.done, job.total, job.progress_text))

    def forget(self, job_pk: int) -> None:
        """Do nothing: the row stays."""

    def worker_alive(self, worker_id: str) -> None:
        """Write that a worker lives."""
        WorkerRecord.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": now()})

    def worker_gone(self, worker_id: str) -> None:
        """Drop a worker that stopped in good order."""
        WorkerRecord.objects.filter(worker_id=worker_id).delete()

    def latest_worker(self) -> datetime | None:
        """Return when any worker last gave a sign."""
        return WorkerRecord.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()


class FilePulse:
    """Signs of life as files; the file's own time is the time of the sign."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _job(self, job_pk: int) -> Path:
        return self._folder / f"job-{job_pk}.json"

    def _write(self, path: Path, content: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(content, encoding="utf-8")
        draft.replace(path)

    def beat(self, job_pk: int, attempt: int, progress: Progress) -> None:
        """Write that the attempt lives and how far it is."""
        self._write(self._job(job_pk), json.dumps({"attempt": attempt, **asdict(progress)}))

    def read(self, job: Job) -> Pulse | None:
        """Return the file's sign if it is of the current attempt, else the row's."""
        path = self._job(job.pk)
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except (OSError, ValueError):
            return DatabasePulse().read(job)
        if kept.pop("attempt", None) != job.attempts:
            return DatabasePulse().read(job)
        return Pulse(at, Progress(**kept))

    def forget(self, job_pk: int) -> None:
        """Remove the job's file."""
        self._job(job_pk).unlink(missing_ok=True)

    def worker_alive(self, worker_id: str) -> None:
        """Write that a worker lives."""
        self._write(self._folder / f"worker-{worker_id}.json", "{}")

    def worker_gone(self, worker_id: str) -> None:
        """Remove the worker's file."""
        (self._folder / f"worker-{worker_id}.json").unlink(missing_ok=True)

    def latest_worker(self) -> datetime | None:
        """Return when any worker last gave a sign."""
        times: list[float] = []
        for path in self._folder.glob("worker-*.json"):
            try:
                times.append(path.stat().st_mtime)
            except OSError:
                continue
        return datetime.fromtimestamp(max(times), UTC) if times else None


def pulse_store() -> PulseStore:
    """Return the store that suits the database in use."""
    return FilePulse(settings.HOME / "pulse") if connection.vendor == "sqlite" else DatabasePulse()
