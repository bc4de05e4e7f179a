"""``yui worker``."""

import signal
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from yui.kernel.policy import Actor
from yui.kernel.tasks.worker import JobWorker, Pace
from yui.organisations.actors import actor_of
from yui.organisations.models import User


def actor_now(user_id: int) -> Actor:
    """Return the person as an actor with the roles of this moment; a stranger once the account is gone."""
    user = User.objects.filter(pk=user_id).first()
    return actor_of(user) if user else Actor.anonymous()


class Command(BaseCommand):
    """Runs queued jobs and the timetable until it is stopped."""

    help = "処理を実行する / run background jobs and the timetable"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how the worker paces itself."""
        parser.add_argument("--once", action="store_true", help="run what waits, then end")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks at the queue")
        parser.add_argument(
            "--lost-after",
            type=float,
            default=settings.JOB_LOST_SECONDS,
            help="seconds of silence after which a running job counts as lost",
        )

    def handle(self, **options: Any) -> None:
        """Work until the queue is empty (``--once``) or a signal comes."""
        lost_after = options["lost_after"]
        pace = Pace(interval=options["interval"], lost_after=lost_after, heartbeat=min(5.0, lost_after / 6))
        worker = JobWorker(pace, actor_now)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stopper(worker))
        if options["once"]:
            self.stdout.write(f"{worker.drain()}")
        else:
            worker.run()


def _stopper(worker: JobWorker) -> Callable[[int, FrameType | None], None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        worker.stop()

    return stop
