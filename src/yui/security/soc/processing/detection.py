"""The loop from the queue to alerts. Another reader of the queue stores the events, at its own pace."""

import logging
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from yui.security.soc.engine.triage.facts import AlertFact
from yui.security.soc.processing.correlating import Correlations
from yui.security.soc.processing.detecting import (
    Suppressed,
    alerting,
    fact_of,
    fact_of_correlation,
    hits_in,
)
from yui.security.soc.processing.effects import AlertEffects
from yui.security.soc.processing.isolating import match_what_can_be
from yui.security.soc.processing.loop import QueueLoop, Surroundings
from yui.security.soc.processing.preparing import WardEvents, prepare, taking
from yui.security.soc.processing.rules import RuleBook, RuleSource
from yui.security.soc.processing.screening import Screens
from yui.security.soc.queue.contract import Queued, QueueReader

log = logging.getLogger(__name__)


@dataclass
class Detected:
    """What detection has done since this was last reset.

    Attributes:
        matched: events looked at.
        unmatched: events that the rules could not look at; the log says why.
        alerts: alerts that are new.
        alert_lag_seconds: from reception to the raised alert, the longest.
    """

    matched: int = 0
    unmatched: int = 0
    alerts: int = 0
    alert_lag_seconds: float = 0.0


class Detection(QueueLoop):
    """Raises the alerts of one queue.

    Attributes:
        done: what was done since somebody last took it.
    """

    def __init__(
        self,
        reader: QueueReader,
        rules: RuleSource,
        effects: AlertEffects,
        correlations: Correlations,
        around: Surroundings | None = None,
    ) -> None:
        super().__init__(reader, around)
        self._rules, self._effects, self._correlations = rules, effects, correlations
        self._book: RuleBook | None = None
        self._screens = Screens()
        self._rules_at = self._commit_from = 0.0
        self._taken = self._committed = 0
        self._suppressed: Suppressed = Counter()
        self._facts: dict[str, list[AlertFact]] = {}
        self._oldest_us, self._raise_from = 0, 0.0
        self.done = Detected()

    def take(self, deliveries: Sequence[Queued]) -> None:
        """Match the events of deliveries, raise what alerts, and commit when it is time."""
        book = self._current_book()
        if deliveries:
            self._screens.follow(book)
            prepared = prepare(deliveries, take=taking(self._screens.read))
            self._alert(book, prepared.wards, deliveries[-1].delivery.received)
            self._taken = prepared.position
            self.done.matched += prepared.events + self._screens.quiet
            self._screens.quiet = 0
        else:
            self._alert(book, {}, self.around.clock())
        if time.monotonic() >= self._commit_from:
            self._commit()

    def flush(self) -> None:
        """Raise what waits, keep the correlators' state and commit."""
        self._raise()
        self._commit()

    def _current_book(self) -> RuleBook:
        """Return the rules, looked at again now and then. While they cannot be read, those known stay."""
        book = self._book
        if book is not None and time.monotonic() - self._rules_at < self.pace.rules_seconds:
            return book
        found = None
        if book is None:
            found = self.persist(self._rules.look, "")
        else:
            try:
                found = self._rules.look(book.version)
            except Exception:
                log.exception("the rules could not be read again; the known ones stay")
        self._rules_at = time.monotonic()
        if found is not None:
            book = self._book = found
            self._correlations.follow(found)
        if book is None:
            raise RuntimeError("a rule source gave no rules although none were known")
        return book

    def _alert(self, book: RuleBook, wards: Mapping[str, WardEvents], frontier_us: int) -> None:
        """Match the events, and raise what alerts.

        Args:
            book: the rules.
            wards: the events of this step.
            frontier_us: nothing that was received before it is still to come: correlations may decide up to
                their lateness before it.
        """
        hits, unmatched = match_what_can_be(lambda events: list(hits_in(book, events)), wards)
        self.done.unmatched += unmatched
        alerts, suppressed = alerting(book, hits)
        self._suppressed.update(suppressed)
        detected = datetime.fromtimestamp(self.around.clock() / 1_000_000, UTC)
        for hit in alerts:
            self._facts.setdefault(hit.ward, []).append(fact_of(hit, detected))
            self._oldest_us = min(self._oldest_us or hit.received, hit.received)
        for found in self._correlations.observe(hits, frontier_us):
            if book.is_alert(found.tenant, found.rule_id):
                self._facts.setdefault(found.tenant, []).append(fact_of_correlation(found, detected))
        joint = self._correlations.observe_alerts(alerts, frontier_us)
        if joint or time.monotonic() >= self._raise_from:
            self._raise()
        if joint:
            # It counts the alerts of the wards that are raised already.
            self.persist(self._effects.raise_joint, joint)

    def _raise(self) -> None:
        """Raise the alerts that wait. The longer it takes, the more may gather until the next time."""
        if not self._facts:
            return
        begun = time.monotonic()
        for ward, of_ward in self._facts.items():
            self.done.alerts += self.persist(self._effects.raise_alerts, ward, of_ward)
        self._facts = {}
        if self._oldest_us:
            lag = (self.around.clock() - self._oldest_us) / 1e6
            self.done.alert_lag_seconds = max(self.done.alert_lag_seconds, lag)
            self._oldest_us = 0
        ended = time.monotonic()
        pause = min(self.pace.alert_seconds, (ended - begun) / self.pace.raising_share)
        self._raise_from = ended + pause

    def _commit(self) -> None:
        """Raise what waits, save the correlators, then commit: nothing hangs on what comes no more."""
        if self._taken <= self._committed:
            return
        self._raise()
        begun = time.monotonic()
        if self._suppressed:
            self.persist(self._effects.count_suppressed, self._suppressed)
            self._suppressed = Counter()
        self._correlations.save()
        self.persist(self._reader.commit, self._taken)
        self._committed = self._taken
        ended = time.monotonic()
        self._commit_from = ended + max(self.pace.commit_seconds, (ended - begun) / self.pace.saving_share)
