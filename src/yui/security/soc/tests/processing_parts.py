"""A store, an alert queue and rules in memory, for tests of processing without a database."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from yui.security.soc.engine.sigma import load_rules
from yui.security.soc.event_store.writing import AppendResult
from yui.security.soc.processing.correlating import Correlations
from yui.security.soc.processing.detection import Detection
from yui.security.soc.processing.loop import Pace, Surroundings
from yui.security.soc.processing.rules import WardRules, book_of
from yui.security.soc.processing.storage import Storage
from yui.security.soc.queue.contract import READERS
from yui.security.soc.queue.deliveries import Delivery, encode, occurrences_of
from yui.security.soc.queue.log import QueueLimits, SegmentLog
from yui.security.soc.queue.reading import SegmentReader
from yui.security.soc.tests.receiving import MINATO, SHINJUKU

WHOAMI = """
title: Whoami
id: 11111111-1111-4111-8111-111111111111
status: test
level: high
author: Yui
logsource: {category: process_creation, product: windows}
detection:
  selection: {Image|endswith: '\\whoami.exe'}
  condition: selection
"""
NET = """
title: Net
id: 22222222-2222-4222-8222-222222222222
name: net_use
status: test
level: low
author: Yui
logsource: {category: process_creation, product: windows}
detection:
  selection: {Image|endswith: '\\net.exe'}
  condition: selection
"""
MANY_NET = """
title: Many
id: 33333333-3333-4333-8333-333333333333
status: test
level: medium
author: Yui
correlation:
  type: event_count
  rules: [net_use]
  group-by: [User]
  timespan: 5m
  condition: {gte: 3}
"""
WHOAMI_ID, NET_ID, MANY_ID = (text.split("id: ")[1][:36] for text in (WHOAMI, NET, MANY_NET))
EVERY_ID = frozenset({WHOAMI_ID, NET_ID, MANY_ID})
BEGIN = 1_790_000_000_000_000
SECOND = 1_000_000


def event(image: str, number: int = 0, seconds: float = 0, **more) -> bytes:
    """A Winlogbeat-like process creation in a HEC event."""
    fields = {
        "Channel": "Microsoft-Windows-Sysmon/Operational",
        "EventID": 1,
        "Image": f"C:\\Windows\\System32\\{image}",
        "Computer": f"pc{number % 5}",
        "User": "tanaka",
        "n": number,
        **more,
    }
    return json.dumps({"event": fields, "time": (BEGIN / SECOND) + seconds}).encode()


def delivery(*raws: bytes, ward=MINATO, sender="7", form="hec_event", received=BEGIN, acknowledged=True):
    return Delivery(ward, sender, form, received, list(raws), occurrences_of(raws), acknowledged=acknowledged)


def book(wards=None, version="1"):
    loaded = load_rules([("whoami", WHOAMI), ("net", NET), ("many", MANY_NET)])
    wards = wards or {MINATO: WardRules(EVERY_ID), SHINJUKU: WardRules(EVERY_ID)}
    bases = {rules.enabled: loaded.rules for rules in wards.values()}
    return book_of(version, bases, loaded.correlations, wards)


@dataclass
class FixedRules:
    """A rule source whose book a test may replace."""

    book: object = field(default_factory=book)

    def look(self, known_version):
        return None if known_version == self.book.version else self.book


@dataclass
class Memory:
    """Effects that only remember; ``fail`` holds exceptions to be raised first, by effect."""

    events: dict = field(default_factory=dict)
    alerts: dict = field(default_factory=dict)
    joint: list = field(default_factory=list)
    rejected: dict = field(default_factory=dict)
    suppressed: dict = field(default_factory=dict)
    fail: dict = field(default_factory=dict)
    poison: str = ""
    calls: int = 0

    def _may_fail(self, name):
        waiting = self.fail.get(name)
        if waiting:
            raise waiting.pop(0)

    def store(self, batches: Iterable) -> AppendResult:
        self._may_fail("store")
        batches = list(batches)
        if self.poison and any(self.poison in r.raw for batch in batches for r in batch.records):
            raise TypeError("cannot convert")
        self.calls += 1
        stored = duplicates = 0
        for batch in batches:
            for record, event_id in zip(batch.records, batch.ids, strict=True):
                if (batch.ward, event_id) in self.events:
                    duplicates += 1
                else:
                    self.events[batch.ward, event_id] = record
                    stored += 1
        return AppendResult(stored, duplicates, 1, 0, ())

    def raise_alerts(self, ward, facts) -> int:
        self._may_fail("raise_alerts")
        before = len(self.alerts)
        for fact in facts:
            self.alerts[ward, fact.rule, fact.event_id] = fact
        return len(self.alerts) - before

    def count_suppressed(self, counts) -> None:
        for key, count in counts.items():
            self.suppressed[key] = self.suppressed.get(key, 0) + count

    def raise_joint(self, facts) -> None:
        self.joint += facts

    def count_rejected(self, rejected) -> None:
        for key, found in rejected.items():
            self.rejected[key] = self.rejected.get(key, 0) + found.count

    def note_fields(self, fields) -> None: ...

    def note_senders(self, senders, moment_us) -> None: ...


class Bench:
    """A queue with both loops of processing behind it."""

    def __init__(self, folder, *, rules=None, effects=None, wards=(), pace=None, lateness_us=60 * SECOND):
        self.folder = folder
        self.log = SegmentLog(folder / "queue", QueueLimits(segment_bytes=20_000, free_bytes=0))
        self.rules = rules or FixedRules()
        self.effects = effects or Memory()
        self.wards, self.lateness_us, self.now = wards, lateness_us, BEGIN
        pace = pace or Pace(
            store_seconds=0, wait_seconds=0, rules_seconds=0, commit_seconds=0, retry_seconds=0.01
        )
        self.around = Surroundings(pace, clock=lambda: self.now)
        self.start()

    def start(self) -> None:
        """Begin processing as new processes would."""
        self.readers = [SegmentReader(self.folder / "queue", name) for name in READERS]
        correlations = Correlations(self.folder / "state", self.wards, self.lateness_us)
        self.detection = Detection(self.readers[0], self.rules, self.effects, correlations, self.around)
        self.storage = Storage(self.readers[1], self.effects, self.around)

    def die(self) -> None:
        """End as after a kill: nothing is finished."""
        for reader in self.readers:
            reader.close()

    def put(self, *deliveries: Delivery) -> None:
        self.log.append([encode(one) for one in deliveries])

    def drain(self) -> None:
        """Process everything that is there, then store and commit it."""
        for loop in (self.detection, self.storage):
            while loop.step():
                pass
            loop.flush()
