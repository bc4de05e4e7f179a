"""One moment of one ward: events enter windows, complete windows close, alerts fire and feed other rules."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush

from yui.security.soc.engine.correlation.alerts import CorrelationAlert, Counts
from yui.security.soc.engine.correlation.firing import alert_of, chained_entries
from yui.security.soc.engine.correlation.plan import Limits, Plan
from yui.security.soc.engine.correlation.windows import Entry, Window

Group = tuple[str, ...]
Fired = list[tuple[CorrelationAlert, list[Entry]]]


class Groups:
    """All windows of one ward.

    Attributes:
        by_rule: the windows of each rule by group; the least recently touched first.
        timers: when complete windows end: time, position of the rule, group.
        count: windows over all rules.
    """

    def __init__(self, plan: Plan, limits: Limits, counts: Counts, tenant: str) -> None:
        self.plan = plan
        self.limits = limits
        self.counts = counts
        self.tenant = tenant
        self.by_rule: list[OrderedDict[Group, Window]] = [OrderedDict() for _rule in plan.rules]
        self.timers: list[tuple[int, int, Group]] = []
        self.count = 0
        self.most_events = [plan.most_events(rule, limits.events) for rule in plan.rules]
        self.waits = [rule.waits_for_the_window for rule in plan.rules]

    def decide(self, now_us: int, entries: Iterable[Entry]) -> list[CorrelationAlert]:
        """Return the alerts of one moment: its events, then the windows that end in it, rule by rule.

        Rules come in the order of their references, so what one rule finds reaches its readers in the same
        moment.
        """
        work: dict[int, dict[Group, list[Entry]]] = {}
        for entry in entries:
            work.setdefault(entry.correlation, {}).setdefault(entry.group, []).append(entry)
        closing: dict[int, list[Group]] = {}
        while self.timers and self.timers[0][0] == now_us:
            _time, position, group = heappop(self.timers)
            closing.setdefault(position, []).append(group)
        alerts: list[CorrelationAlert] = []
        while work or closing:
            position = min([*work, *closing])
            fired: Fired = []
            arrivals = work.pop(position, {})
            for group in sorted(arrivals) if len(arrivals) > 1 else arrivals:
                fired += self._enter(position, group, now_us, arrivals[group])
            for group in sorted(closing.pop(position, ())):
                fired += self._close(position, group, now_us)
            for alert, window in fired:
                alerts.append(alert)
                for entry in chained_entries(self.plan, alert, window):
                    self.counts.entries += 1
                    self.counts.chained += 1
                    work.setdefault(entry.correlation, {}).setdefault(entry.group, []).append(entry)
        return alerts

    def forget_before(self, time_us: int) -> None:
        """Drop the sliding windows that no event from ``time_us`` on can reach."""
        for rule, groups, waits in zip(self.plan.rules, self.by_rule, self.waits, strict=True):
            while groups and not waits:
                group = next(iter(groups))
                if groups[group].last_us + rule.timespan_us >= time_us:
                    break
                del groups[group]
                self.count -= 1

    def put(self, position: int, group: Group, window: Window) -> None:
        """Add a window; one that waits gets its timer."""
        self.by_rule[position][group] = window
        self.count += 1
        if self.waits[position]:
            heappush(self.timers, (window.opened_us + self.plan.rules[position].timespan_us, position, group))

    def _enter(self, position: int, group: Group, now_us: int, arrived: Sequence[Entry]) -> Fired:
        """Take the events of one moment into a group; fire when its sliding window holds."""
        rule = self.plan.rules[position]
        window = self._window(position, group, now_us)
        if window is None:
            self.counts.refused += len(arrived)
            return []
        since_us, waits = now_us - rule.timespan_us, self.waits[position]
        if not waits:
            window.forget_before(rule, since_us)
        for entry in sorted(arrived) if len(arrived) > 1 else arrived:
            if window.take(rule, entry):
                self.counts.counted += 1
            else:
                self.counts.duplicates += 1
        if len(window.entries) - window.start > self.most_events[position]:
            self.counts.let_go += window.let_go_of_half(rule)
        if waits or now_us <= window.quiet_until_us:
            return []
        value = window.value_if_it_holds(rule, since_us)
        if value is None:
            return []
        window.quiet_until_us = now_us + rule.timespan_us
        self.counts.alerts += 1
        return [(alert_of(rule, self.tenant, group, now_us, window, value), window.live())]

    def _window(self, position: int, group: Group, now_us: int) -> Window | None:
        """Return the group's window, a new one where there is room, else None."""
        groups = self.by_rule[position]
        window = groups.get(group)
        if window is not None:
            groups.move_to_end(group)
            return window
        if not self._has_room(position):
            self.forget_before(now_us)
            if not self._has_room(position):
                return None
        window = Window(self.plan.rules[position], now_us)
        self.put(position, group, window)
        return window

    def _has_room(self, position: int) -> bool:
        most = self.limits.groups
        return self.count < most and len(self.by_rule[position]) < max(1, most // 2)

    def _close(self, position: int, group: Group, now_us: int) -> Fired:
        """Decide a complete window and begin anew."""
        rule = self.plan.rules[position]
        window = self.by_rule[position].pop(group)
        self.count -= 1
        value = window.value_if_it_holds(rule, now_us - rule.timespan_us)
        if value is None:
            return []
        self.counts.alerts += 1
        return [(alert_of(rule, self.tenant, group, now_us, window, value), window.live())]
