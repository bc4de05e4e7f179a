"""Which times to respond count in a period, and for how long those still running have run by its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yui.security.soc.engine.response_times.summary import Span


@dataclass(frozen=True)
class Interval:
    """One way from a beginning to an end; ``end`` None while it runs. ``key`` names the record behind it."""

    key: int
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class PeriodSpans:
    """The spans of a period, and the keys of the records that ended within it or still ran at its end."""

    spans: tuple[Span, ...]
    ended: tuple[int, ...]
    running: tuple[int, ...]


def spans_within(
    intervals: Iterable[Interval], start: datetime, end: datetime, as_of: datetime
) -> PeriodSpans:
    """Return the spans that ended within the period, and those that ran at its end as still open.

    A span counts in the period in which it ended, so that a past figure never changes; what was running at
    the period's end (or now, where the period runs) enters as censored, with the time that it had run.

    Args:
        start, end: the period, half open; aware.
        as_of: the present moment.
    """
    until = min(end, as_of)
    spans: list[Span] = []
    ended: list[int] = []
    running: list[int] = []
    for each in intervals:
        if each.end is not None and start <= each.end < end:
            spans.append(Span(each.end - each.start))
            ended.append(each.key)
        elif each.start < until and (each.end is None or each.end >= end) and until > start:
            spans.append(Span(until - each.start, is_open=True))
            running.append(each.key)
    return PeriodSpans(tuple(spans), tuple(ended), tuple(running))
