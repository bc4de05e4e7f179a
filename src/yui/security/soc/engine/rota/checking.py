"""What is wrong with duties, whoever planned them: too little rest, too many nights, shifts nobody takes."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from yui.security.soc.engine.rota.duties import (
    NIGHT,
    ON_CALL,
    Duty,
    Gap,
    RotaRules,
    ShiftHours,
    slots_between,
)

WEEK = timedelta(days=7)


class TroubleKind(StrEnum):
    """What a duty breaks."""

    OVERLAP = "overlap"
    REST = "rest"
    NIGHTS = "nights"
    DAYS = "days"


class Trouble(NamedTuple):
    """One duty that breaks a rule together with those before it."""

    kind: TroubleKind
    duty: Duty


def breaks(duty: Duty, before: Sequence[Duty], rules: RotaRules) -> TroubleKind | None:
    """Return the rule that ``duty`` would break beside the same person's other duties, or None.

    Args:
        before: the person's other duties, in any order, some of which may be later.
    """
    at_work = [other for other in before if other.kind != ON_CALL]
    for other in before:
        if duty.starts_at < other.ends_at and other.starts_at < duty.ends_at:
            return TroubleKind.OVERLAP
    if duty.kind == ON_CALL:
        return None
    for other in at_work:
        pause = max(duty.starts_at - other.ends_at, other.starts_at - duty.ends_at)
        if pause < rules.rest:
            return TroubleKind.REST
    if duty.kind == NIGHT and _most_within_a_week([*at_work, duty], duty) > rules.nights_in_a_week:
        return TroubleKind.NIGHTS
    if _days_in_a_row({other.day for other in at_work} | {duty.day}, duty.day) > rules.days_in_a_row:
        return TroubleKind.DAYS
    return None


def _most_within_a_week(duties: Sequence[Duty], around: Duty) -> int:
    """Return the most nights that any seven days with ``around`` in them hold."""
    nights = sorted(one.day for one in duties if one.kind == NIGHT and abs(one.day - around.day) < WEEK)
    return max(sum(1 for night in nights if start <= night < start + WEEK) for start in nights)


def _days_in_a_row(days: set[date], around: date) -> int:
    """Return how long the unbroken run of days with ``around`` in it is."""
    length, step = 1, timedelta(days=1)
    for direction in (step, -step):
        day = around + direction
        while day in days:
            length += 1
            day += direction
    return length


def troubles_in(duties: Iterable[Duty], rules: RotaRules) -> list[Trouble]:
    """Return every duty that breaks a rule with the same person's earlier ones, in order of time."""
    found = []
    ordered = sorted(duties, key=lambda duty: (duty.person, duty.starts_at, duty.kind))
    for _person, own in groupby(ordered, key=lambda duty: duty.person):
        before: list[Duty] = []
        for duty in own:
            broken = breaks(duty, before, rules)
            if broken is not None:
                found.append(Trouble(broken, duty))
            before.append(duty)
    return sorted(found, key=lambda trouble: (trouble.duty.starts_at, trouble.duty.person))


def gaps_in(duties: Iterable[Duty], first: date, last: date, hours: Sequence[ShiftHours]) -> list[Gap]:
    """Return the shifts from ``first`` to ``last`` that too few people take, or that nobody leads.

    A duty fills a shift of its kind when it covers all its hours.
    """
    standing = sorted(duties, key=lambda duty: duty.starts_at)
    gaps = []
    for slot in slots_between(first, last, hours):
        filling = [
            duty
            for duty in standing
            if duty.kind == slot.hours.kind
            and duty.starts_at <= slot.starts_at
            and duty.ends_at >= slot.ends_at
        ]
        missing = max(0, slot.hours.people - len(filling))
        needs_lead = slot.hours.kind != ON_CALL and not any(duty.is_lead for duty in filling)
        if missing or needs_lead:
            gaps.append(Gap(slot.hours.kind, slot.starts_at, slot.ends_at, missing, needs_lead))
    return gaps
