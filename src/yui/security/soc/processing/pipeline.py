"""The loop between the queue and everything that follows.

Alerts and storage go at two speeds. Each batch is parsed, matched and its alerts raised at once, so that an alert
comes within a second or two of its event. Events are stored by the thousands, so that the lake gets few files. Only
what is stored is committed; after a kill the rest comes again, and stores, alerts and correlations recognise it.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from yui.security.soc.engine.triage.facts import AlertFact
from yui.security.soc.processing.correlating import Correlations
from yui.security.soc.processing.detecting import (
    Hit,
    alerting,
    fact_of,
    fact_of_correlation,
    hits_in,
)
from yui.security.soc.processing.effects import Effects
from yui.security.soc.processing.isolating import match_what_can_be, store_what_can_be
from yui.security.soc.processing.preparing import Prepared, WardEvents, prepare
from yui.security.soc.processing.rules import RuleBook, RuleSource
from yui.security.soc.queue.contract import QueueReader

log = logging.getLogger(__name__)
MICROSECONDS = 1_000_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pace:
    """How much at once, and how long at most.

    Attributes:
        batch_events: events parsed and matched in one step.
        wait_seconds: how long a step waits for the first event.
        store_events: events stored together.
        store_seconds: how long an event waits at most to be stored.
        rules_seconds: how often the rules are looked at for changes.
        saving_share: the state of the correlators is saved (and the queue committed) so seldom that it takes at
            most this share of the time.
        retry_seconds: first pause after a failure; it doubles up to a minute.
    """

    batch_events: int = 4_000
    wait_seconds: float = 0.1
    store_events: int = 20_000
    store_seconds: float = 5.0
    rules_seconds: float = 5.0
    saving_share: float = 0.05
    retry_seconds: float = 0.5


@dataclass
class Done:
    """What processing has done since this was last reset; it adds up to what was read.

    Attributes:
        stored: events now in the lake.
        duplicate: events that were there already.
        rejected: pieces that are no event.
        unmatched: stored events that could not be looked at by the rules; the log says why.
        alerts: alerts that are new.
        lag_seconds: from reception to storage, of the latest storing.
    """

    stored: int = 0
    duplicate: int = 0
    rejected: int = 0
    unmatched: int = 0
    alerts: int = 0
    lag_seconds: float = 0.0


class _Stopped(Exception):
    """Told to stop while something outside failed."""


class Pipeline:
    """Processing of one queue.

    Attributes:
        done: what was done since somebody last took it.
        after_step: called after each step; tells others what was done.

    Args:
        reader: the queue.
        rules: where the rules come from; looked at again every few seconds.
        effects: the store and the alert queue.
        correlations: the correlators.
        pace: how much at once.
        should_stop: asked between steps, and while something outside fails.
        clock: microseconds since 1970-01-01 UTC.
    """

    def __init__(
        self,
        reader: QueueReader,
        rules: RuleSource,
        effects: Effects,
        correlations: Correlations,
        pace: Pace | None = None,
        should_stop: Callable[[], bool] = lambda: False,
        clock: Callable[[], int] = lambda: time.time_ns() // 1000,
    ) -> None:
        self._clock = clock
        self._reader, self._rules, self._effects = reader, rules, effects
        self._correlations, self._pace, self._should_stop = correlations, pace or Pace(), should_stop
        self._book: RuleBook | None = None
        self._rules_at = 0.0
        self._pending = Prepared()
        self._stored_at = time.monotonic()
        self._committed, self._to_commit, self._commit_from = 0, 0, 0.0
        self.done = Done()
        self.after_step: Callable[[], None] = lambda: None

    def run(self) -> None:
        """Work until told to stop; then store and commit what was begun."""
        try:
            while not self._should_stop():
                self.step()
                self.after_step()
            self.flush()
            self.after_step()
        except _Stopped:
            log.warning("stopped while something outside failed; what was begun comes again")

    def step(self) -> int:
        """Take one batch through parsing, matching and alerting; store and commit when it is time.

        Returns how many events there were.
        """
        self._follow_rules()
        deliveries = self._reader.read(self._pace.batch_events, self._pace.wait_seconds)
        prepared = prepare(deliveries)
        if deliveries:
            self._alert(prepared.wards, frontier_us=deliveries[-1].delivery.received)
            self._pending.add(prepared)
        else:
            self._alert({}, frontier_us=self._clock())
        waited = time.monotonic() - self._stored_at
        if self._pending.events >= self._pace.store_events or waited >= self._pace.store_seconds:
            self._store()
        return prepared.events

    def flush(self) -> None:
        """Store and commit everything that was read."""
        self._store(at_the_end=True)

    def _follow_rules(self) -> None:
        """Look for changed rules now and then. While they cannot be read, those known stay; at first, wait."""
        if self._book is not None and time.monotonic() - self._rules_at < self._pace.rules_seconds:
            return
        known = self._book.version if self._book else ""
        try:
            found = self._rules.look(known)
        except Exception:
            if self._book is None:
                raise
            log.exception("the rules could not be read again; the known ones stay")
            found = None
        self._rules_at = time.monotonic()
        if found is not None:
            self._book = found
            self._correlations.follow(found)

    def _alert(self, wards: Mapping[str, WardEvents], frontier_us: int) -> None:
        """Match the events, and raise what alerts.

        Args:
            wards: the events of this step.
            frontier_us: nothing that was received before it is still to come: correlations may decide up to
                their lateness before it.
        """
        if self._book is None:
            return
        book = self._book
        hits, unmatched = match_what_can_be(lambda events: list(hits_in(book, events)), wards)
        self.done.unmatched += unmatched
        alerts = alerting(book, hits)
        detected = datetime.now(UTC)
        facts: dict[str, list[AlertFact]] = {}
        for hit in alerts:
            facts.setdefault(hit.ward, []).append(fact_of(hit, detected))
        for found in self._correlations.observe(hits, frontier_us):
            if book.is_alert(found.tenant, found.rule_id):
                facts.setdefault(found.tenant, []).append(fact_of_correlation(found, detected))
        for ward, of_ward in facts.items():
            self.done.alerts += self._persist(self._effects.raise_alerts, ward, of_ward)
        self._compare(alerts, frontier_us)

    def _compare(self, alerts: Sequence[Hit], frontier_us: int) -> None:
        joint = self._correlations.observe_alerts(alerts, frontier_us)
        if joint:
            self._persist(self._effects.raise_joint, joint)

    def _store(self, *, at_the_end: bool = False) -> None:
        """Put what waits into the lake; then, when it is time, save the correlators and commit."""
        pending, self._stored_at = self._pending, time.monotonic()
        if pending.position:
            result = self._persist(store_what_can_be, self._effects.store, pending)
            self.done.stored += result.stored
            self.done.duplicate += result.duplicates
            if pending.rejected:
                self._persist(self._effects.count_rejected, pending.rejected)
                self.done.rejected += pending.rejections
            if result.new_fields:
                self._persist(self._effects.note_fields, result.new_fields)
            self._persist(self._effects.note_senders, pending.senders, pending.newest)
            self.done.lag_seconds = (self._clock() - pending.oldest) / MICROSECONDS
            self._to_commit, self._pending = pending.position, Prepared()
        if self._to_commit > self._committed and (at_the_end or time.monotonic() >= self._commit_from):
            self._commit()

    def _commit(self) -> None:
        begun = time.monotonic()
        self._correlations.save()
        self._reader.commit(self._to_commit)
        self._committed = self._to_commit
        ended = time.monotonic()
        self._commit_from = ended + (ended - begun) / self._pace.saving_share

    def _persist(self, effect: Callable[..., T], *given: Any) -> T:
        """Try until it succeeds.

        Raises:
            _Stopped: when told to stop meanwhile; what is not committed comes again.
        """
        pause = self._pace.retry_seconds
        while True:
            try:
                return effect(*given)
            except Exception:
                name = getattr(effect, "__name__", "effect")
                log.exception("%s failed; it is tried again in %.1f s", name, pause)
            until = time.monotonic() + pause
            while time.monotonic() < until:
                if self._should_stop():
                    raise _Stopped
                time.sleep(0.05)
            pause = min(pause * 2, 60.0)
