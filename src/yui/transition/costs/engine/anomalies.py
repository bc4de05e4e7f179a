"""From periods that stand out to anomalies: spikes, steps and missing exports, each with its cause's key."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from statistics import median

from yui.transition.costs.engine.anomaly_queries import DAILY, DAY, MONTH, MONTHLY

SPIKE, STEP, MISSING = "spike", "step", "missing"
STEADY_MONTHS = 6
HIGHEST_SCORE = 999.0


@dataclass(frozen=True)
class Place:
    """What an anomaly is about: a series of lines, or a whole account where system and service are empty."""

    provider: str
    account: str
    system: str
    service: str
    currency: str


@dataclass(frozen=True)
class Point:
    """One period that stands out; ``ordinal`` counts the periods of its account."""

    place: Place
    period: str
    ordinal: int
    actual: float
    expected: float
    deviation: float
    score: float


@dataclass(frozen=True)
class Finding:
    """An anomaly: from ``period`` to ``last_period`` amounts were not what was expected.

    ``actual``, ``expected`` and ``deviation`` are those of the first period, in the currency of the place.
    """

    kind: str
    grain: str
    place: Place
    period: str
    last_period: str
    actual: float
    expected: float
    deviation: float
    score: float

    @property
    def cause(self) -> str:
        """A key that anomalies of one cause share, whatever system or organisation they touch."""
        if self.kind == MISSING:
            return f"{MISSING}|{self.grain}|{self.period}|{self.place.provider}"
        direction = "up" if self.actual > self.expected else "down"
        return f"{direction}|{self.grain}|{self.period}|{self.place.provider}|{self.place.service}"

    def fingerprint(self, organisation: str) -> str:
        """Return what tells this anomaly from every other; a spike that turns out a step keeps it."""
        where = (self.place.provider, self.place.account, self.place.system, self.place.service)
        sort = MISSING if self.kind == MISSING else ""
        told = (organisation, sort, self.grain, self.period, *where, self.place.currency)
        return sha256("\x1f".join(told).encode()).hexdigest()


def runs_of(points: Iterable[Point], grain: str) -> list[Finding]:
    """Join periods in a row that stand out to the same side: short ones are spikes, longer ones steps."""
    steps = DAILY.steps if grain == DAY else MONTHLY.steps
    by_place: dict[Place, list[Point]] = defaultdict(list)
    for point in points:
        by_place[point.place].append(point)
    found = []
    for place, each in by_place.items():
        run: list[Point] = []
        for point in sorted(each, key=lambda point: point.ordinal):
            if run and (point.ordinal != run[-1].ordinal + 1 or (point.score > 0) != (run[-1].score > 0)):
                found.append(_run(place, run, grain, steps))
                run = []
            run.append(point)
        found.append(_run(place, run, grain, steps))
    return found


def _run(place: Place, run: Sequence[Point], grain: str, steps: int) -> Finding:
    first, last = run[0], run[-1]
    score = min(max(abs(point.score) for point in run), HIGHEST_SCORE)
    kind = STEP if len(run) >= steps else SPIKE
    return Finding(
        kind,
        grain,
        place,
        first.period,
        last.period,
        first.actual,
        first.expected,
        first.deviation,
        score,
    )


def without_repeats(daily: Sequence[Finding], monthly: Sequence[Finding]) -> list[Finding]:
    """Return all, less the months that a day of the same series explains already."""
    explained = {(each.place, each.period[:7]) for each in daily}
    # A step late in one month shows only in the next month's sum.
    explained |= {(each.place, each.last_period[:7]) for each in daily}
    return [*daily, *(each for each in monthly if (each.place, each.period) not in explained)]


def missing_exports(
    billed: Mapping[Place, Mapping[int, float]], last: int, since: int
) -> list[tuple[Place, int, int, float]]:
    """Return accounts without a bill for months that they always had: place, first and last month, expected.

    An account that had a bill in each of six months running is expected to have one in the next. Months are
    numbers; ``last`` is the newest month of the whole organisation.
    """
    found = []
    for place, amounts in billed.items():
        months = sorted(amounts)
        gaps = [(before + 1, after - 1) for before, after in pairwise(months) if after - before > 1]
        if months[-1] < last:
            gaps.append((months[-1] + 1, last))
        for first, end in gaps:
            before = [amounts.get(month) for month in range(first - STEADY_MONTHS, first)]
            known = [amount for amount in before if amount is not None]
            if len(known) == STEADY_MONTHS and end >= since:
                found.append((place, first, end, median(known)))
    return found


def finding_of_missing(place: Place, first: str, last: str, expected: float, months: int) -> Finding:
    """Return the anomaly of a missing export; its score is high, and higher with every month."""
    score = min(10.0 * months, HIGHEST_SCORE)
    return Finding(MISSING, MONTH, place, first, last, 0.0, expected, 0.0, score)
