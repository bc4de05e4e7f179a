"""What both loops of processing share: read, work, commit; try again what fails; stop in good order."""

import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from yui.security.soc.queue.contract import Queued, QueueReader

log = logging.getLogger(__name__)
T = TypeVar("T")
LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How much at once, and how long at most.

    Attributes:
        batch_events: events read in one step.
        wait_seconds: how long a step waits for the first event.
        store_events: events stored together; each ward's are one file, whose fixed cost they share.
        store_seconds: how long an event waits at most to be stored.
        quiet_seconds: after so long without a delivery what waits is stored, if it is ``worth_events``.
        worth_events: as many as make files that are worth their fixed cost.
        alert_seconds: how long alerts gather at most before they are raised together.
        raising_share: raising takes about this share of the time where there are many.
        commit_seconds: how long detection waits at least between two commits.
        rules_seconds: how often the rules are looked at for changes.
        saving_share: the state of the correlators is saved (and the queue committed) so seldom that it
            takes at most this share of the time.
        retry_seconds: first pause after a failure; it doubles up to a minute.
    """

    batch_events: int = 4_000
    wait_seconds: float = 0.1
    store_events: int = 80_000
    store_seconds: float = 5.0
    quiet_seconds: float = 1.0
    worth_events: int = 10_000
    alert_seconds: float = 1.0
    raising_share: float = 0.1
    commit_seconds: float = 1.0
    rules_seconds: float = 5.0
    saving_share: float = 0.05
    retry_seconds: float = 0.5


class Stopped(Exception):
    """Told to stop while something outside failed."""


@dataclass
class Surroundings:
    """How a loop knows the time and when to end.

    Attributes:
        pace: how much at once.
        should_stop: asked between steps, and while something outside fails.
        clock: microseconds since 1970-01-01 UTC.
        after_step: called after each step; tells others what was done.
    """

    pace: Pace = Pace()
    should_stop: Callable[[], bool] = lambda: False
    clock: Callable[[], int] = lambda: time.time_ns() // 1000
    after_step: Callable[[], None] = lambda: None


class QueueLoop(ABC):
    """One consumer of the queue. Subclasses say what is done with deliveries, and what ``flush`` finishes."""

    def __init__(self, reader: QueueReader, around: Surroundings | None = None) -> None:
        self.around = around or Surroundings()
        self.pace = self.around.pace
        self._reader = reader

    def run(self) -> None:
        """Work until told to stop; then finish and commit what was begun."""
        try:
            while not self.around.should_stop():
                self.step()
                self.around.after_step()
            self.flush()
            self.around.after_step()
        except Stopped:
            log.warning("stopped while something outside failed; what was begun comes again")

    def step(self) -> int:
        """Take one batch; return how many deliveries there were."""
        deliveries = self._reader.read(self.pace.batch_events, self.pace.wait_seconds)
        self.take(deliveries)
        return len(deliveries)

    @abstractmethod
    def take(self, deliveries: Sequence[Queued]) -> None:
        """Do what is to be done with deliveries; there may be none."""

    @abstractmethod
    def flush(self) -> None:
        """Finish and commit everything that was read."""

    def persist(self, effect: Callable[..., T], *given: Any) -> T:
        """Try until it succeeds.

        Raises:
            Stopped: when told to stop meanwhile; what is not committed comes again.
        """
        pause = self.pace.retry_seconds
        while True:
            try:
                return effect(*given)
            except Exception:
                name = getattr(effect, "__name__", "effect")
                log.exception("%s failed; it is tried again in %.1f s", name, pause)
            until = time.monotonic() + pause
            while time.monotonic() < until:
                if self.around.should_stop():
                    raise Stopped
                time.sleep(0.05)
            pause = min(pause * 2, LONGEST_PAUSE)
