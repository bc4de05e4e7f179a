"""Correlation in event time: matches in any order go in, the same alerts come out.

Each ward has its own watermark: the newest event time seen less the declared lateness. A match waits until
the watermark has passed its time; then all matches are decided in order of time, so neither their order nor
the cutting into batches can change an alert. See ``docs/correlation.md``.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yui.security.soc.engine.correlation.alerts import (
    CorrelationAlert,
    Counts,
    LateObservation,
    Observation,
)
from yui.security.soc.engine.correlation.deciding import Groups
from yui.security.soc.engine.correlation.plan import Limits, plan_of
from yui.security.soc.engine.correlation.readers import Reader
from yui.security.soc.engine.correlation.rules import CorrelationRule
from yui.security.soc.engine.correlation.waiting import Waiting
from yui.security.soc.engine.correlation.windows import Entry

BEGINNING = -(2**62)
END = 2**62
SLOTS = 16
LATE_KEPT = 1_000


@dataclass
class WardState:
    """What a correlator knows of one ward.

    Attributes:
        newest_us: the newest event time seen.
        watermark_us: everything before it is decided; it never goes back.
    """

    groups: Groups
    waiting: Waiting
    newest_us: int = BEGINNING
    watermark_us: int = BEGINNING


class Correlator:
    """Runs correlation rules over matches.

    Args:
        rules: as ``parse_correlations`` returns them.
        lateness_us: how much later than newer events of its ward a match may come and still count.
        limits: what is held at most.

    Attributes:
        counts: what became of everything given.
        late: the newest late matches (at most ``LATE_KEPT``); ``counts.late`` has their number.
    """

    def __init__(
        self, rules: Sequence[CorrelationRule], lateness_us: int, limits: Limits | None = None
    ) -> None:
        if lateness_us < 0:
            raise ValueError(
                "lateness_us は0以上にしてください。 lateness_us must not be negative: 0 means no lateness."
            )
        self.plan = plan_of(rules)
        self.lateness_us = lateness_us
        self.limits = limits or Limits()
        self.counts = Counts()
        self.late: deque[LateObservation] = deque(maxlen=LATE_KEPT)
        self.floor_us = BEGINNING
        self.wards: dict[str, WardState] = {}
        self._quiet = {rule.identifier for rule in rules if rule.quiet}

    def observe(
        self, observations: Iterable[Observation], now_us: int | None = None
    ) -> list[CorrelationAlert]:
        """Take in matches; return the alerts that this decides, in order of time.

        Args:
            observations: in any order.
            now_us: the clock, where there is one: matches more than ``limits.future_us`` later are refused
                and counted, so that a wrong clock cannot push its ward's watermark ahead.
        """
        latest_us = END if now_us is None else now_us + self.limits.future_us
        counts, readers_of_rule = self.counts, self.plan.readers
        touched: dict[str, WardState] = {}
        for observation in observations:
            counts.observed += 1
            readers = readers_of_rule.get(observation.rule_id)
            if readers is None:
                counts.unreferenced += 1
                continue
            counts.entries += len(readers)
            tenant, time_us = observation.tenant, observation.time_us
            if not BEGINNING < time_us <= latest_us:
                counts.future += len(readers)
                continue
            state = touched.get(tenant)
            if state is None:
                state = touched[tenant] = self.ward(tenant)
            if time_us < state.watermark_us:
                counts.late += len(readers)
                self.late.append(LateObservation(*observation[:4], state.watermark_us))
                continue
            if time_us > state.newest_us:
                state.newest_us = time_us
            for reader in readers:
                self._wait(state, reader, observation)
        alerts = []
        for state in touched.values():
            alerts += self._decide(state, state.newest_us - self.lateness_us)
            alerts += self._press(state)
        return self._shown(alerts)

    def advance(self, watermark_us: int) -> list[CorrelationAlert]:
        """Declare that nothing before ``watermark_us`` will come any more, for every ward; return the alerts.

        Call it from the clock (now less the lateness), so that quiet wards are decided too.
        """
        self.floor_us = max(self.floor_us, watermark_us)
        alerts = []
        for state in self.wards.values():
            alerts += self._decide(state, self.floor_us)
        return self._shown(alerts)

    def finish(self) -> list[CorrelationAlert]:
        """Decide everything that waits and close every window: the input is at its end."""
        return self.advance(END)

    @property
    def waiting(self) -> int:
        """How many entries are not decided yet."""
        return sum(len(state.waiting) for state in self.wards.values())

    def ward(self, tenant: str) -> WardState:
        """Return the state of a ward, new when it was never seen."""
        state = self.wards.get(tenant)
        if state is None:
            groups = Groups(self.plan, self.limits, self.counts, tenant)
            state = WardState(groups, Waiting(self.lateness_us // SLOTS), watermark_us=self.floor_us)
            self.wards[tenant] = state
        return state

    def _wait(self, state: WardState, reader: Reader, observation: Observation) -> None:
        """Put what one correlation wants of a match among the waiting."""
        fields = observation.fields
        group = reader.group(fields)
        if group is None:
            self.counts.ungrouped += 1
            return
        value = reader.value(fields)
        if value is None:
            self.counts.valueless += 1
            return
        state.waiting.add(
            Entry(
                observation.time_us,
                reader.correlation,
                group,
                reader.reference,
                observation.event_id,
                value,
                reader.carry(fields),
            )
        )

    def _press(self, state: WardState) -> list[CorrelationAlert]:
        """Decide the older half early while too much waits."""
        alerts: list[CorrelationAlert] = []
        while len(state.waiting) > self.limits.waiting:
            self.counts.pressed += 1
            alerts += self._decide(state, state.waiting.middle_time() + 1)
        return alerts

    def _decide(self, state: WardState, watermark_us: int) -> list[CorrelationAlert]:
        """Move a ward's watermark and decide, moment by moment, everything before it."""
        if watermark_us <= state.watermark_us:
            return []
        state.watermark_us = watermark_us
        ready, groups = state.waiting.take_before(watermark_us), state.groups
        alerts: list[CorrelationAlert] = []
        position, count = 0, len(ready)
        while True:
            moment = ready[position].time_us if position < count else END
            if groups.timers and groups.timers[0][0] < min(moment, watermark_us):
                moment = groups.timers[0][0]
            if moment >= watermark_us:
                break
            begin = position
            while position < count and ready[position].time_us == moment:
                position += 1
            alerts += groups.decide(moment, ready[begin:position])
        groups.forget_before(watermark_us)
        return alerts

    def _shown(self, alerts: list[CorrelationAlert]) -> list[CorrelationAlert]:
        """Leave out alerts that only feed other rules; order the rest."""
        shown = [alert for alert in alerts if alert.rule_id not in self._quiet]
        shown.sort(key=lambda alert: (alert.time_us, alert.identifier))
        return shown
