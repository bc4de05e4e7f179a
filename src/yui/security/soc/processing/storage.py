"""The loop from the queue to the lake: by the thousands, so that the lake gets few files."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from yui.security.soc.event_store.gathering import Gathered
from yui.security.soc.processing.effects import StoreEffects
from yui.security.soc.processing.gathering import gather
from yui.security.soc.processing.isolating import store_what_can_be
from yui.security.soc.processing.loop import QueueLoop, Surroundings
from yui.security.soc.processing.preparing import Prepared, prepare
from yui.security.soc.queue.contract import Queued, QueueReader


@dataclass
class Stored:
    """What storage has done since this was last reset; the first three add up to what was read.

    Attributes:
        stored: events now in the lake.
        duplicate: events that were there already.
        rejected: pieces that are no event, kept aside.
        damaged: records of the queue that did not read back.
        lag_seconds: from reception to storage, of the latest storing.
    """

    stored: int = 0
    duplicate: int = 0
    rejected: int = 0
    damaged: int = 0
    lag_seconds: float = 0.0


class Storage(QueueLoop):
    """Stores the events of one queue.

    Attributes:
        done: what was done since somebody last took it.
    """

    def __init__(
        self, reader: QueueReader, effects: StoreEffects, around: Surroundings | None = None
    ) -> None:
        super().__init__(reader, around)
        self._effects = effects
        self._pending = Prepared(new_records=Gathered)
        self._stored_at = self._came_at = time.monotonic()
        self._damaged = 0
        self.done = Stored()

    def take(self, deliveries: Sequence[Queued]) -> None:
        """Parse deliveries; store what waits when it is enough or has waited long enough."""
        now = time.monotonic()
        if deliveries:
            if not self._pending.position:
                self._stored_at = now
            self._came_at = now
            prepare(deliveries, take=gather, into=self._pending)
        if self._is_time(now):
            self.flush()

    def _is_time(self, now: float) -> bool:
        """Tell whether what waits is to be stored: enough, long enough, or all that comes for now."""
        events, pace = self._pending.events, self.pace
        if events >= pace.store_events or now - self._stored_at >= pace.store_seconds:
            return True
        return events >= pace.worth_events and now - self._came_at >= pace.quiet_seconds

    def flush(self) -> None:
        """Store what waits, keep aside what is no event, and commit."""
        pending = self._pending
        if not pending.position:
            return
        result = self.persist(store_what_can_be, self._effects.store, pending)
        if pending.rejected:
            self.persist(self._effects.count_rejected, pending.rejected)
        if result.new_fields:
            self.persist(self._effects.note_fields, result.new_fields)
        self.persist(self._effects.note_senders, pending.senders, pending.newest)
        self.persist(self._reader.commit, pending.position)
        self._pending = Prepared(new_records=Gathered)
        done, damaged = self.done, self._reader.damaged
        done.stored += result.stored
        done.duplicate += result.duplicates
        done.rejected += pending.rejections
        done.damaged += damaged - self._damaged
        done.lag_seconds = (self.around.clock() - pending.oldest) / 1e6
        self._damaged = damaged
