"""The worker's loop: runs queued jobs one after another, finds lost ones, keeps the timetable."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import DatabaseError, OperationalError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from yui.kernel.policy import Actor
from yui.kernel.tasks.lost import requeue_lost_jobs
from yui.kernel.tasks.pulse import pulse_store
from yui.kernel.tasks.queue import runner
from yui.kernel.tasks.runner import Surroundings, run_job
from yui.kernel.tasks.timetable import forget_old_queue_entries, queue_due_work, update_timetable

logger = logging.getLogger("yui.tasks")

HOUSEKEEPING_SECONDS = 3600.0
WORKER_SIGN_SECONDS = 10.0


@dataclass(frozen=True)
class Pace:
    """How often a worker looks, in seconds.

    ``lost_after`` must be several times ``heartbeat``: it is how long a job may be silent before it
    counts as lost.
    """

    interval: float = 1.0
    heartbeat: float = 5.0
    lost_after: float = 60.0
    timetable: float = 5.0


class JobWorker:
    """One worker process (or, in tests, one worker in the calling thread)."""

    def __init__(
        self,
        pace: Pace = Pace(),
        actor_now: Callable[[int], Actor] | None = None,
        *,
        max_jobs: int | None = None,
    ) -> None:
        self.worker_id = f"{socket.gethostname()[:40]}-{os.getpid()}"
        self._pace = pace
        self._stop = threading.Event()
        self._left = max_jobs
        self._around = Surroundings(
            worker_id=self.worker_id,
            heartbeat_seconds=pace.heartbeat,
            is_stopping=self._stop.is_set,
            actor_now=actor_now,
        )
        self._next: dict[str, float] = {}
        # Only its ``run_task`` is used, which keeps the queue's entry and sends django-tasks' signals.
        self._taker = QueueWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.worker_id,
            excluded_queue_names=[],
        )

    def stop(self) -> None:
        """End the loop after the running job, which is told to stop at its next safe point."""
        self._stop.set()

    def run(self) -> None:
        """Work until stopped. A database that does not answer is waited for."""
        sign = threading.Thread(target=self._show_life, name="worker-sign", daemon=True)
        sign.start()
        try:
            while not self._stop.is_set():
                try:
                    close_old_connections()
                    self._keep_house()
                    worked = self.run_next()
                except OperationalError:
                    logger.warning("the database did not answer; trying again", exc_info=True)
                    connection.close()
                    worked = False
                if not worked:
                    self._stop.wait(self._pace.interval)
        finally:
            self._stop.set()
            sign.join()

    def drain(self) -> int:
        """Run what waits in the queue until nothing does; return how many jobs were run."""
        count = 0
        while not self._stop.is_set() and self.run_next():
            count += 1
        return count

    def run_next(self) -> bool:
        """Run one job if one waits; return whether one did."""
        # A plain look first: taking from the queue locks SQLite's one writer, which an idle worker must not.
        ready = DBTaskResult.objects.ready()
        if not ready.exists():
            return False
        with exclusive_transaction(ready.db):
            taken = ready.get_locked()
            if taken is None:
                return False
            taken.claim(self._taker.worker_id)
        token = runner.set(partial(run_job, self._around))
        try:
            self._taker.run_task(taken)
        finally:
            runner.reset(token)
        if self._left is not None:
            self._left -= 1
            if self._left <= 0:
                self.stop()
        return True

    def _keep_house(self) -> None:
        if self._is_time("lost", min(15.0, self._pace.lost_after / 4)):
            requeue_lost_jobs(self._pace.lost_after)
        if self._is_time("update", HOUSEKEEPING_SECONDS):
            update_timetable()
            forget_old_queue_entries()
        if self._is_time("timetable", self._pace.timetable):
            queue_due_work()

    def _is_time(self, what: str, every: float) -> bool:
        if time.monotonic() < self._next.get(what, 0.0):
            return False
        self._next[what] = time.monotonic() + every
        return True

    def _show_life(self) -> None:
        store = pulse_store()
        try:
            while True:
                try:
                    store.worker_alive(self.worker_id)
                except (DatabaseError, OSError):
                    connection.close()
                if self._stop.wait(WORKER_SIGN_SECONDS):
                    break
            store.worker_gone(self.worker_id)
        except (DatabaseError, OSError):
            logger.warning("the worker's sign of life could not be removed", exc_info=True)
        finally:
            connection.close()
