"""Times to respond: what ended enters as it is, what still runs as "at least so long".

Median and 90th percentile are those of the Kaplan–Meier estimate (E. L. Kaplan, P. Meier, Nonparametric
Estimation from Incomplete Observations, JASA 53, 1958): the smallest time by which the estimated share still
running is at most one minus the level. Without running ones that is the ⌈level·n⌉-th smallest time.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

_ROUNDING = 1e-9
"""The estimate is a product of fractions; a share that differs from the level by less than this equals it."""


@dataclass(frozen=True)
class Span:
    """One time to respond: how long it took, or (``is_open``) has taken so far."""

    length: timedelta
    is_open: bool = False


@dataclass(frozen=True)
class Quantile:
    """A time; ``is_lower_bound`` where too many still run to say more than "at least"."""

    length: timedelta
    is_lower_bound: bool = False


@dataclass(frozen=True)
class ResponseTimes:
    """What a set of spans comes to.

    ``mean`` is that of the ended ones alone (the KPI's figure); ``longest_open`` says what it leaves out.
    """

    ended: int
    open: int
    total: timedelta
    mean: timedelta | None
    median: Quantile | None
    p90: Quantile | None
    longest_open: timedelta | None


def survival(spans: Iterable[Span]) -> list[tuple[timedelta, float]]:
    """Return the Kaplan–Meier estimate: after each time at which one ended, the share still running.

    One that still runs at the very time at which another ended counts as running then.
    """
    ended: Counter[timedelta] = Counter()
    leaving: Counter[timedelta] = Counter()
    for span in spans:
        (leaving if span.is_open else ended)[span.length] += 1
    at_risk = sum(ended.values()) + sum(leaving.values())
    share, steps = 1.0, []
    for length in sorted(ended.keys() | leaving.keys()):
        if ended[length]:
            share *= 1 - ended[length] / at_risk
            steps.append((length, share))
        at_risk -= ended[length] + leaving[length]
    return steps


def quantile(spans: Sequence[Span], level: float) -> Quantile | None:
    """Return the time by which the share ``level`` has ended; None where there are no spans.

    Where so many still run that the estimate does not reach the level, the longest time seen so far is
    returned as a lower bound.
    """
    if not spans:
        return None
    for length, share in survival(spans):
        if share <= 1 - level + _ROUNDING:
            return Quantile(length)
    return Quantile(max(span.length for span in spans), is_lower_bound=True)


def summarise(spans: Iterable[Span]) -> ResponseTimes:
    """Return mean, median and 90th percentile of the spans."""
    known = list(spans)
    ended = [span.length for span in known if not span.is_open]
    running = [span.length for span in known if span.is_open]
    total = sum(ended, timedelta())
    return ResponseTimes(
        ended=len(ended),
        open=len(running),
        total=total,
        mean=total / len(ended) if ended else None,
        median=quantile(known, 0.5),
        p90=quantile(known, 0.9),
        longest_open=max(running, default=None),
    )
