"""Whether a further moment agrees with those recorded before; each contradiction says with which one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from yui.security.soc.engine.incidents.moments import ENDINGS, Kind, Moment, Standing, effective, ending_of
from yui.security.soc.engine.incidents.orders import COMES_BEFORE

LONGEST_MEMORY = timedelta(days=3653)
"""Ten years: longer than any log is kept."""


@dataclass(frozen=True)
class Contradiction:
    """Why a moment cannot be recorded as it is."""

    moment: Moment


@dataclass(frozen=True)
class InFuture(Contradiction):
    """The moment lies after the time of recording."""

    recorded_at: datetime


@dataclass(frozen=True)
class TooLongAgo(Contradiction):
    """The moment lies more than ``LONGEST_MEMORY`` before the time of recording: a slip of the keyboard."""


@dataclass(frozen=True)
class UntilBeforeAt(Contradiction):
    """The interval of an estimate ends before it begins."""


@dataclass(frozen=True)
class OutOfOrder(Contradiction):
    """``first`` would lie after ``second``; one of them is the new moment."""

    first: Moment
    second: Moment


@dataclass(frozen=True)
class Repeated(Contradiction):
    """The kind is recorded in this round already; only a revision may change it."""

    standing: Moment


@dataclass(frozen=True)
class NotLatest(Contradiction):
    """The moment to be revised is unknown, revised already, or of another kind or round."""


@dataclass(frozen=True)
class RoundEnded(Contradiction):
    """The round has ended already, in another way."""

    ending: Moment


@dataclass(frozen=True)
class RoundNotReopened(Contradiction):
    """The round before has not ended, so that there is nothing to reopen."""


@dataclass(frozen=True)
class BeforeRound(Contradiction):
    """The moment lies before the end of the round before."""

    ending: Moment


@dataclass(frozen=True)
class WithoutContainment(Contradiction):
    """An incident was to be closed although nobody recorded that it is contained."""


def contradictions(
    recorded: Sequence[Moment], moment: Moment, recorded_at: datetime
) -> tuple[Contradiction, ...]:
    """Return everything that speaks against adding ``moment`` to those recorded; empty where nothing does.

    Args:
        recorded: all moments of the incident, revised ones included.
        moment: the new one.
        recorded_at: the time of recording; nothing may lie after it.
    """
    standing = effective(recorded)
    found = [*_own(moment, recorded_at), *_place(standing, moment)]
    others = {place: each for place, each in standing.items() if place != (moment.round, moment.kind)}
    return (*found, *_order(others, moment), *_rounds(others, moment))


def _own(moment: Moment, recorded_at: datetime) -> Iterator[Contradiction]:
    """Yield what is wrong with the moment by itself."""
    if moment.at > recorded_at:
        yield InFuture(moment, recorded_at)
    if recorded_at - moment.at > LONGEST_MEMORY:
        yield TooLongAgo(moment)
    if moment.until is not None and moment.until < moment.at:
        yield UntilBeforeAt(moment)


def _place(standing: Standing, moment: Moment) -> Iterator[Contradiction]:
    """Yield why the moment may not take this place: repeated, revising the wrong one, ending twice."""
    held = standing.get((moment.round, moment.kind))
    if moment.revises is None and held is not None:
        yield Repeated(moment, held)
    if moment.revises is not None and (held is None or held.key != moment.revises):
        yield NotLatest(moment)
    if moment.kind in ENDINGS and moment.revises is None:
        ending = ending_of(standing, moment.round)
        if ending is not None and ending.kind != moment.kind:
            yield RoundEnded(moment, ending)
    if moment.kind == Kind.CLOSED and (moment.round, Kind.CONTAINED) not in standing:
        yield WithoutContainment(moment)


def _order(others: Standing, moment: Moment) -> Iterator[Contradiction]:
    """Yield the moments of the same round with which the new one would stand in the wrong order."""
    for (round_number, kind), other in sorted(others.items()):
        if round_number != moment.round:
            continue
        if (moment.kind, kind) in COMES_BEFORE and _last(moment) > other.at:
            yield OutOfOrder(moment, moment, other)
        if (kind, moment.kind) in COMES_BEFORE and _last(other) > moment.at:
            yield OutOfOrder(moment, other, moment)


def _last(moment: Moment) -> datetime:
    """Return the latest time at which the moment may have been."""
    return moment.until or moment.at


def _rounds(others: Standing, moment: Moment) -> Iterator[Contradiction]:
    """Yield what stands against the end of the round before, and against the beginning of the next."""
    if moment.round > 1:
        before = ending_of(others, moment.round - 1)
        if before is None:
            yield RoundNotReopened(moment)
        elif moment.kind != Kind.OCCURRED and moment.at < before.at:
            yield BeforeRound(moment, before)
    if moment.kind in ENDINGS:
        following = [each for (number, kind), each in others.items() if number == moment.round + 1]
        late = [each for each in following if each.kind != Kind.OCCURRED and each.at < moment.at]
        if late:
            yield OutOfOrder(moment, moment, min(late, key=lambda each: each.at))
