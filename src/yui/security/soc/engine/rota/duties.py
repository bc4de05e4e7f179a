"""What a rota is made of: hours to be filled, people, duties, and the rules that protect people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from yui.kernel.calendar_jp import TOKYO

DAY, NIGHT, ON_CALL = "day", "night", "on_call"


@dataclass(frozen=True)
class ShiftHours:
    """One shift of every day: its kind, when it begins (Tokyo), how long it lasts, how many people it takes.

    The first person of a day or night shift leads it.
    """

    kind: str
    starts: time
    length: timedelta
    people: int = 1


@dataclass(frozen=True)
class Person:
    """Somebody who can be on duty; ``absent`` are days on which no shift of theirs may begin."""

    key: int
    can_lead: bool = True
    absent: frozenset[date] = frozenset()


@dataclass(frozen=True)
class RotaRules:
    """The bounds of a plan.

    Attributes:
        rest: free time between two shifts. Eleven hours is what the guideline on the interval between
            working days (勤務間インターバル制度, 労働時間等設定改善法 第2条) names as the aim.
        nights_in_a_week: night shifts within any seven days.
        days_in_a_row: days on which a shift begins, without a free day between.
    """

    rest: timedelta = timedelta(hours=11)
    nights_in_a_week: int = 3
    days_in_a_row: int = 5


USUAL_RULES = RotaRules()


class Duty(NamedTuple):
    """One person's hours. ``person`` is a key."""

    person: int
    kind: str
    starts_at: datetime
    ends_at: datetime
    is_lead: bool = False

    @property
    def day(self) -> date:
        """The day in Tokyo on which it begins."""
        return self.starts_at.astimezone(TOKYO).date()


class Gap(NamedTuple):
    """A shift with too few people, or without anybody who can lead it."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    missing: int
    needs_lead: bool = False


class Slot(NamedTuple):
    """One shift of one day that is to be filled."""

    hours: ShiftHours
    starts_at: datetime
    ends_at: datetime


def slots_between(first: date, last: date, hours: Sequence[ShiftHours]) -> Iterator[Slot]:
    """Yield every shift that begins from ``first`` to ``last`` (both included), in order of time."""
    day = first
    ordered = sorted(hours, key=lambda one: (one.starts, one.kind))
    while day <= last:
        for one in ordered:
            begins = datetime.combine(day, one.starts, TOKYO)
            yield Slot(one, begins, begins + one.length)
        day += timedelta(days=1)
