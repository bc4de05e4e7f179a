"""Files of a ward into the store: what ``yui soc ingest`` does, in batches of bounded memory."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from yui.security.soc.detecting import EVER_US
from yui.security.soc.engine.correlation.alerts import CorrelationAlert
from yui.security.soc.engine.correlation.correlator import Correlator
from yui.security.soc.engine.ocsf import ocsf_columns_of_kind
from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.event_store.arriving import Batch
from yui.security.soc.event_store.clocks import NEWEST
from yui.security.soc.event_store.event_ids import FileIds
from yui.security.soc.event_store.writing import EventStore
from yui.security.soc.formats.reading import read_records
from yui.security.soc.processing.database import DatabaseAlerts, DatabaseStore
from yui.security.soc.processing.detecting import (
    Hit,
    alerting,
    fact_of,
    fact_of_correlation,
    hits_in,
    observation_of,
)
from yui.security.soc.processing.preparing import RejectedSum, WardEvents
from yui.security.soc.processing.rules import RuleBook

EVENTS_AT_ONCE = 20_000
FIRST_BELIEVED = 946_684_800_000_000
"""The first moment of the year 2000: no log of ours is older (µs)."""
FILE_SENDER = ""


class _Known(NamedTuple):
    """An event whose identifier was worked out already."""

    event_id: bytes


@dataclass
class Ingested:
    """What became of the files.

    ``stored`` + ``duplicates`` = ``events``; with what was rejected they are all that the files held.

    Attributes:
        events: records read.
        stored: those now in the store that were not before.
        duplicates: those that were there already.
        odd_clocks: stored events that told no time, or none that can be believed.
        alerts: alerts that are new.
        rejected: pieces that are no record, by reason.
    """

    events: int = 0
    stored: int = 0
    duplicates: int = 0
    odd_clocks: int = 0
    alerts: int = 0
    files: int = 0
    seconds: float = 0.0
    rejected: Counter[str] = field(default_factory=Counter)


def ingest(
    paths: Iterable[Path],
    ward: str,
    *,
    book: RuleBook | None = None,
    refuse: Callable[[Rejected], None] = lambda piece: None,
) -> Ingested:
    """Store the events of files and folders for a ward, and raise the alerts of the rules that are on there.

    Taking in the same files again changes nothing, under whatever names.

    Args:
        book: the rules; None stores without looking.
        refuse: told of each piece that is no record.

    Raises:
        InputMissing: when a path does not exist; nothing is stored then.
        LakeWriteFailed: when the disk is full; what was stored before stays, and the next run goes on.
    """
    begun, told = time.monotonic(), Ingested()
    taking = _Taking(ward, book, told)
    kept: dict[str, RejectedSum] = {}
    for batch in _batches(_read(paths, told, kept, refuse)):
        taking.take(batch)
    taking.finish()
    if told.stored and kept:
        taking.count_rejected(kept)
    told.seconds = time.monotonic() - begun
    return told


def _read(
    paths: Iterable[Path],
    told: Ingested,
    kept: dict[str, RejectedSum],
    refuse: Callable[[Rejected], None],
) -> Iterator[LogRecord]:
    """Yield the records of all paths; count and keep aside what is none."""
    for path in paths:
        for item in read_records(path):
            if isinstance(item, LogRecord):
                told.events += 1
                yield item
            else:
                told.rejected[item.reason] += 1
                known = kept.setdefault(item.reason, RejectedSum(0, item.detail, item.sample))
                known.count += 1
                refuse(item)


def _batches(records: Iterator[LogRecord]) -> Iterator[list[LogRecord]]:
    batch: list[LogRecord] = []
    for record in records:
        batch.append(record)
        if len(batch) == EVENTS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


class _Taking:
    """The way of batches into store and alert queue."""

    def __init__(self, ward: str, book: RuleBook | None, told: Ingested) -> None:
        self._ward, self._book, self._told = ward, book, told
        self._store, self._effects, self._alerts = (
            EventStore(ocsf_columns_of_kind),
            DatabaseStore(),
            DatabaseAlerts(),
        )
        rules = book.correlations if book else ()
        self._correlator = Correlator(rules, EVER_US) if rules else None
        self._ids = FileIds()
        self._file, self._last = "", 0
        self._now = time.time_ns() // 1000

    def take(self, records: Sequence[LogRecord]) -> None:
        """Raise the alerts of events that are new, then store them: a run killed between does both again."""
        ids = [self._ids.of(record) for record in records]
        batch = Batch(self._ward, records, [self._when(record) for record in records], ids)
        if self._book is not None:
            self._alert(self._book, batch, self._store.unseen(batch))
        result = self._store.append_many([batch])
        told = self._told
        told.stored, told.duplicates = told.stored + result.stored, told.duplicates + result.duplicates
        told.files, told.odd_clocks = told.files + result.files, told.odd_clocks + result.odd_clocks
        if result.new_fields:
            self._effects.note_fields(result.new_fields)

    def finish(self) -> None:
        """Raise what the correlations find in all files together."""
        if self._correlator is not None:
            self._raise_correlated(self._correlator.finish())

    def _alert(self, book: RuleBook, batch: Batch, positions: Sequence[int]) -> None:
        events = WardEvents(
            [batch.records[at] for at in positions],
            [batch.received[at] for at in positions],
            [_Known(batch.ids[at]) for at in positions],
        )
        hits: list[Hit] = list(hits_in(book, {self._ward: events}))
        alerts, suppressed = alerting(book, hits)
        detected = datetime.now(UTC)
        if alerts:
            facts = [fact_of(hit, detected) for hit in alerts]
            self._told.alerts += self._alerts.raise_alerts(self._ward, facts)
        if suppressed:
            self._alerts.count_suppressed(suppressed)
        if self._correlator is not None:
            self._raise_correlated(self._correlator.observe(map(observation_of, hits)))

    def _raise_correlated(self, found: Sequence[CorrelationAlert]) -> None:
        book, detected = self._book, datetime.now(UTC)
        facts = [
            fact_of_correlation(each, detected)
            for each in found
            if book is not None and book.is_alert(each.tenant, each.rule_id)
        ]
        if facts:
            self._told.alerts += self._alerts.raise_alerts(self._ward, facts)

    def count_rejected(self, kept: dict[str, RejectedSum]) -> None:
        """Add what is no record to the day's counts of the ward."""
        self._effects.count_rejected(
            {(self._ward, FILE_SENDER, reason): found for reason, found in kept.items()}
        )

    def _when(self, record: LogRecord) -> int:
        """Return the time that stands for the receipt of a file's event, the same each time the file is read.

        Files hold what happened long ago; when they are taken in says nothing of that. An event's own time is
        believed if it is not before 2000 or in the future, else that of the event before it in the file.
        """
        file = record.place.rpartition(":")[0]
        if file != self._file:
            self._file, self._last = file, FIRST_BELIEVED
        if record.time is not None and FIRST_BELIEVED <= record.time <= self._now + NEWEST:
            self._last = record.time
        return self._last
