"""Joint correlation: alerts of all wards in any order go in, the same joint alerts come out.

Work is done for each alert and key, never for each event: a key remembers in which wards it showed last, and
only when one more ward joins (or a graver alert does) is the statistic worked out.
"""

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Iterable
from heapq import heappop, heappush
from typing import NamedTuple

from yui.security.soc.engine.joint.facts import (
    DAY_US,
    LEVELS,
    AlertKeys,
    JointAlertFact,
    JointConfig,
    JointCounts,
    level_rank,
)
from yui.security.soc.engine.joint.history import KeyHistory, Reached, day_of
from yui.security.soc.engine.joint.keys import Key, KeyKind
from yui.security.soc.engine.joint.weighing import Case, Reaches, Weight, weigh

BEGINNING = -(2**62)
END = 2**62
ALERTS_LISTED = 100


class Moved(NamedTuple):
    """A key that has to be weighed: since when its newest wards were silent, and how grave it is."""

    before_us: int
    level: int


Waiting = tuple[int, str, str, tuple[Key, ...], str]


class JointCorrelator:
    """Weighs what several wards have in common.

    Attributes:
        counts: what became of everything given.
        keys: what is remembered of each key, the least recently shown first.
        watermark_us: everything before it is decided.
    """

    def __init__(self, config: JointConfig) -> None:
        self.config = config
        self.counts = JointCounts()
        self.places = {ward: place for place, ward in enumerate(config.wards)}
        self.keys: OrderedDict[Key, KeyHistory] = OrderedDict()
        self.known: Counter[KeyKind] = Counter()
        self.brought: Counter[int] = Counter()
        self.reaches = Reaches(config.memory_days)
        self.waiting: list[Waiting] = []
        self.newest_us = BEGINNING
        self.watermark_us = BEGINNING
        self.first_day: int | None = None

    def observe(self, alerts: Iterable[AlertKeys], now_us: int | None = None) -> list[JointAlertFact]:
        """Take in alerts of any wards in any order; return what this decides, in order of time.

        Args:
            now_us: the clock, where there is one; alerts too far ahead of it are refused and counted.
        """
        latest_us = END if now_us is None else now_us + self.config.future_us
        for alert in alerts:
            self.counts.alerts += 1
            if alert.ward not in self.places:
                self.counts.unknown_ward += 1
            elif not BEGINNING < alert.time_us <= latest_us:
                self.counts.future += 1
            elif alert.time_us < self.watermark_us:
                self.counts.late += 1
            elif not alert.keys:
                self.counts.keyless += 1
            else:
                self.newest_us = max(self.newest_us, alert.time_us)
                heappush(self.waiting, (alert.time_us, alert.ward, alert.alert_id, alert.keys, alert.level))
        return self._decide(self.newest_us - self.config.lateness_us)

    def advance(self, watermark_us: int) -> list[JointAlertFact]:
        """Declare that nothing before ``watermark_us`` will come any more; return what this decides."""
        return self._decide(watermark_us)

    def finish(self) -> list[JointAlertFact]:
        """Decide everything that waits: the input is at its end."""
        return self._decide(END)

    def _decide(self, watermark_us: int) -> list[JointAlertFact]:
        """Move the watermark; weigh the alerts before it moment by moment."""
        facts: list[JointAlertFact] = []
        self.watermark_us = max(self.watermark_us, watermark_us)
        while self.waiting and self.waiting[0][0] < self.watermark_us:
            now_us = self.waiting[0][0]
            moved: dict[Key, Moved] = {}
            last = ("", "")
            while self.waiting and self.waiting[0][0] == now_us:
                _time, ward, alert_id, keys, level = heappop(self.waiting)
                if (ward, alert_id) == last:
                    self.counts.duplicates += 1
                    continue
                last = (ward, alert_id)
                self.counts.taken += 1
                for key in set(keys):
                    self._show(key, self.places[ward], now_us, alert_id, level_rank(level), moved)
            for key in sorted(moved):
                fact = self._weigh(key, moved[key], now_us)
                if fact is not None:
                    facts.append(fact)
        return facts

    def _show(
        self, key: Key, ward: int, now_us: int, alert_id: str, level: int, moved: dict[Key, Moved]
    ) -> None:
        """Remember that a key showed; note in ``moved`` when its coincidence has to be weighed."""
        config = self.config
        if self.first_day is None:
            self.first_day = day_of(now_us)
        history = self.keys.get(key)
        if history is None:
            self._forget(now_us)
            if len(self.keys) >= config.most_keys or self.brought[ward] >= max(1, config.most_keys // 10):
                self.counts.refused_keys += 1
                return
            history = KeyHistory(ward, now_us, now_us, [Reached() for _window in config.windows_us])
            self.keys[key] = history
            self.known[key.kind] += 1
            self.brought[ward] += 1
        else:
            self.keys.move_to_end(key)
        before_us = history.show(ward, now_us, alert_id, config.windows_us[-1], config.memory_days)
        graver = any(level > one.level for one in history.reached)
        joins = before_us is None or before_us < now_us - config.windows_us[0]
        if joins or graver:
            known = moved.get(key, Moved(now_us, 0))
            earliest_us = BEGINNING if before_us is None else before_us
            moved[key] = Moved(min(known.before_us, earliest_us), max(known.level, level))

    def _forget(self, now_us: int) -> None:
        """Drop keys that did not show for the length of the memory."""
        oldest_us = now_us - self.config.memory_days * DAY_US - self.config.windows_us[-1]
        while self.keys:
            key = next(iter(self.keys))
            if self.keys[key].last_us >= oldest_us:
                break
            self.known[key.kind] -= 1
            self.brought[self.keys.pop(key).brought_by] -= 1

    def _weigh(self, key: Key, moved: Moved, now_us: int) -> JointAlertFact | None:
        """Return the fact of a key when one more ward or a graver alert makes it more than chance."""
        history = self.keys[key]
        best: tuple[int, list[int], Weight] | None = None
        for window, window_us in enumerate(self.config.windows_us):
            reached = history.reached[window]
            joins = moved.before_us < now_us - window_us
            if not joins and moved.level <= reached.level:
                continue
            wards = history.wards_since(now_us - window_us)
            count = len(wards)
            if count < 2:
                reached.wards, reached.announced, reached.level = count, 0, moved.level
                continue
            news = count > reached.announced or moved.level > reached.level
            reached.level = max(reached.level, moved.level)
            case = Case(key.kind, reached.level, window, count, now_us)
            weight = weigh(
                case, history, self.reaches, self.config, self.first_day or 0, self.known[key.kind]
            )
            before, reached.wards = reached.wards, max(reached.wards, count)
            if weight is None:
                continue
            if weight.unusual:
                self.reaches.note(case, before)
            if weight.score < self.config.threshold or not (news and weight.experienced):
                continue
            reached.announced = max(reached.announced, count)
            if best is None or weight.score > best[2].score:
                best = (window, wards, weight)
        if best is None:
            return None
        return self._fact(key, history, now_us, *best)

    def _fact(
        self,
        key: Key,
        history: KeyHistory,
        now_us: int,
        window: int,
        wards: list[int],
        weight: Weight,
    ) -> JointAlertFact:
        history.revision += 1
        self.counts.facts += 1
        records = [history.wards[ward] for ward in wards]
        alert_ids = [alert_id for record in records for alert_id in record.alert_ids]
        return JointAlertFact(
            identifier=joint_identifier(key, history.began_us),
            revision=history.revision,
            key=key,
            level=LEVELS[history.reached[window].level],
            time_us=now_us,
            first_us=history.began_us,
            last_us=history.last_us,
            window_us=self.config.windows_us[window],
            wards=tuple(sorted(self.config.wards[ward] for ward in wards)),
            alert_ids=tuple(sorted(alert_ids)[:ALERTS_LISTED]),
            alerts=sum(record.episode_count for record in records),
            score=round(weight.score, 6),
            expected=weight.expected,
            usual=weight.usual,
            history_days=weight.history_days,
        )


def joint_identifier(key: Key, began_us: int) -> str:
    """Return the id of a key's episode: SHA-256 over kind, value and beginning, 32 hexadecimal digits."""
    text = f"{key.kind.value}\0{key.value}\0{began_us}"
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]
