"""The rota as people read it: day by day, with what is missing and what is too much."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from yui.kernel.calendar_jp import TOKYO, holiday_name, is_business_day
from yui.kernel.policy import Actor
from yui.security.soc.engine.rota import (
    Duty,
    Gap,
    RotaRules,
    ShiftHours,
    Trouble,
    gaps_in,
    troubles_in,
)
from yui.security.soc.engine.rota.duties import DAY, NIGHT, ON_CALL
from yui.security.soc.models import Shift

RULES = RotaRules()
HOURS = (
    ShiftHours(DAY, time(8, 30), timedelta(hours=12, minutes=30), 2),
    ShiftHours(NIGHT, time(20, 30), timedelta(hours=12, minutes=30), 2),
    ShiftHours(ON_CALL, time(9), timedelta(hours=24), 1),
)
"""Two shifts that overlap by half an hour, in which they hand over, and one person on call beside them."""

LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True)
class RotaDay:
    """One day: the shifts that begin on it by kind, what is missing, and which of them break a rule."""

    day: date
    holiday: str
    is_rest_day: bool
    shifts: dict[str, list[Shift]]
    gaps: dict[str, Gap]
    troubles: frozenset[int]


def beginning_of(day: date) -> datetime:
    """Return midnight in Tokyo at which a day begins."""
    return datetime.combine(day, time(0), TOKYO)


def duty_of(shift: Shift) -> Duty:
    """Return a stored shift as the engine knows it."""
    return Duty(shift.person_id, shift.kind, shift.starts_at, shift.ends_at, shift.is_lead)


def shifts_between(actor: Actor, first: date, last: date) -> list[Shift]:
    """Return the shifts that begin from ``first`` to ``last`` and that ``actor`` may see."""
    found = Shift.objects.visible_to(actor).filter(
        starts_at__gte=beginning_of(first), starts_at__lt=beginning_of(last + timedelta(days=1))
    )
    return list(found.select_related("person"))


def rota_days(actor: Actor, first: date, last: date, hours: Sequence[ShiftHours] = HOURS) -> list[RotaDay]:
    """Return the days from ``first`` to ``last``, judged together with the two weeks before; one query."""
    shifts = shifts_between(actor, first - LOOK_BACK, last)
    troubled = {(t.duty.person, t.duty.starts_at, t.duty.kind) for t in rota_troubles(shifts)}
    by_day: dict[date, list[Shift]] = defaultdict(list)
    for shift in shifts:
        by_day[shift.starts_at.astimezone(TOKYO).date()].append(shift)
    gaps: dict[date, dict[str, Gap]] = defaultdict(dict)
    for gap in gaps_in([duty_of(shift) for shift in shifts], first, last, hours):
        gaps[gap.starts_at.astimezone(TOKYO).date()][gap.kind] = gap
    days = []
    day = first
    while day <= last:
        kinds: dict[str, list[Shift]] = {kind.kind: [] for kind in hours}
        for shift in by_day.get(day, ()):
            kinds.setdefault(shift.kind, []).append(shift)
        broken = frozenset(
            shift.pk
            for shift in by_day.get(day, ())
            if (shift.person_id, shift.starts_at, shift.kind) in troubled
        )
        rest = not is_business_day(day)
        days.append(RotaDay(day, holiday_name(day) or "", rest, kinds, gaps.get(day, {}), broken))
        day += timedelta(days=1)
    return days


def rota_troubles(shifts: Sequence[Shift]) -> list[Trouble]:
    """Return the shifts that break a rule."""
    return troubles_in([duty_of(shift) for shift in shifts], RULES)


def on_duty(actor: Actor, moment: datetime) -> list[Shift]:
    """Return who is on duty at a moment, as far as ``actor`` may see; leads first."""
    found = Shift.objects.visible_to(actor).filter(starts_at__lte=moment, ends_at__gt=moment)
    return list(found.select_related("person").order_by("kind", "-is_lead", "person__name_ja"))
