"""The windows of one group of one correlation: sliding, or waiting until complete."""

from typing import NamedTuple

from yui.security.soc.engine.correlation.measures import NEVER, holds, measure_for
from yui.security.soc.engine.correlation.rules import TEMPORAL_TYPES, CorrelationRule, Number

FEW = 16


class Entry(NamedTuple):
    """One match as one correlation sees it. Entries sort by time first and by content last.

    Attributes:
        correlation: position of the correlation in the correlator.
        group: the group's values, one for each group-by name; empty text where absent.
        reference: position of the matched rule among the correlation's references.
        value: the measured value: text, a number, or empty text where only events count.
        carried: the values of the fields that correlations reading this one ask for; several combinations
            where the entry is itself an alert over several events.
    """

    time_us: int
    correlation: int
    group: tuple[str, ...]
    reference: int
    event_id: str
    value: str | Number
    carried: tuple[tuple[str, ...], ...]


class Window:
    """The events of one group that can still belong to an alert.

    Attributes:
        entries: in order of time, the live ones from ``start`` on.
        quiet_until_us: an alert fired; until this time (inclusive) no other one does.
        opened_us: time of the first event; a window that waits is complete one timespan later.
        truncated: whether events were let go because there were too many.
    """

    __slots__ = ("entries", "known", "measure", "opened_us", "quiet_until_us", "start", "truncated")

    def __init__(self, rule: CorrelationRule, opened_us: int) -> None:
        self.entries: list[Entry] = []
        self.start = 0
        self.known: set[tuple[int, str]] | None = None
        self.measure = measure_for(rule)
        self.quiet_until_us = NEVER
        self.opened_us = opened_us
        self.truncated = False

    @property
    def last_us(self) -> int:
        """Time of the newest event taken in."""
        return self.entries[-1].time_us if self.entries else NEVER

    def live(self) -> list[Entry]:
        """Return the events in the window."""
        return self.entries[self.start :]

    def take(self, rule: CorrelationRule, entry: Entry) -> bool:
        """Take in an event; return False when it is already there.

        An event counts once, whichever of the rules it matches; temporal types, which ask *which* rules
        matched, count it once for each rule.
        """
        temporal = rule.type in TEMPORAL_TYPES
        if self.known is None:
            for other in self.entries[self.start :]:
                if other.event_id == entry.event_id and (not temporal or other.reference == entry.reference):
                    return False
        else:
            mark = (entry.reference if temporal else 0, entry.event_id)
            if mark in self.known:
                return False
            self.known.add(mark)
        self.entries.append(entry)
        self.measure.add(entry.time_us, entry.reference, entry.value)
        if self.known is None and len(self.entries) - self.start > FEW:
            self._remember(rule)
        return True

    def forget_before(self, rule: CorrelationRule, since_us: int) -> None:
        """Let the window slide: events before ``since_us`` leave it."""
        entries, start = self.entries, self.start
        if start == len(entries) or entries[start].time_us >= since_us:
            return
        while start < len(entries) and entries[start].time_us < since_us:
            gone = entries[start]
            self.measure.remove(gone.reference, gone.value)
            if self.known is not None:
                self.known.discard((gone.reference if rule.type in TEMPORAL_TYPES else 0, gone.event_id))
            start += 1
        self.truncated = self.truncated and start < len(entries)
        if start > FEW and start * 2 > len(entries):
            del entries[:start]
            start = 0
        self.start = start

    def let_go_of_half(self, rule: CorrelationRule) -> int:
        """Drop the older half of the events and measure again; return how many were dropped."""
        live = self.live()
        kept = live[len(live) // 2 :]
        self.entries, self.start, self.truncated = kept, 0, True
        self.measure = measure_for(rule)
        for entry in kept:
            self.measure.add(entry.time_us, entry.reference, entry.value)
        self.known = None
        self._remember(rule)
        return len(live) - len(kept)

    def value_if_it_holds(self, rule: CorrelationRule, since_us: int) -> Number | bool | None:
        """Return the measured value when the condition holds, else None."""
        value = self.measure.value(since_us)
        return value if holds(rule, value) else None

    def _remember(self, rule: CorrelationRule) -> None:
        temporal = rule.type in TEMPORAL_TYPES
        self.known = {(one.reference if temporal else 0, one.event_id) for one in self.live()}
