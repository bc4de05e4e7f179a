"""Plans a rota: every shift goes to whoever may take it and has had least of its burden.

Burden is counted as nights, then weekend and holiday shifts, then hours, each relative to the days on which
the person is there at all. The plan is made in order of time, so that what a rule allows depends only on what
stands already; a shift that nobody may take stays open and is told as a gap. A second pass moves single
duties from whoever has most to whoever has least, as far as the rules allow, and tries open shifts once more.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yui.kernel.calendar_jp import is_business_day
from yui.security.soc.engine.rota.checking import breaks, gaps_in
from yui.security.soc.engine.rota.duties import (
    NIGHT,
    ON_CALL,
    USUAL_RULES,
    Duty,
    Gap,
    Person,
    RotaRules,
    ShiftHours,
    Slot,
    slots_between,
)

MOST_MOVES = 200


@dataclass(frozen=True)
class RotaPlan:
    """New duties in order of time, and the shifts that stay open with them."""

    duties: tuple[Duty, ...]
    gaps: tuple[Gap, ...]


class _Standing:
    """Who has which duties so far, standing ones included."""

    def __init__(self, people: Sequence[Person], standing: Sequence[Duty], first: date, last: date) -> None:
        self.by_person: dict[int, list[Duty]] = defaultdict(list)
        for duty in standing:
            self.by_person[duty.person].append(duty)
        days = (last - first).days + 1
        there = {
            person.key: days - sum(1 for day in person.absent if first <= day <= last) for person in people
        }
        self._share = {key: max(1, number) for key, number in there.items()}
        self._days = (first, last)

    def take(self, duty: Duty) -> None:
        """Give a duty to its person."""
        self.by_person[duty.person].append(duty)

    def drop(self, duty: Duty) -> None:
        """Take a duty from its person."""
        self.by_person[duty.person].remove(duty)

    def burden(self, person: int, kind: str, *, is_rest_day: bool) -> tuple[float, float, float, float]:
        """Return what decides whose turn it is: least first."""
        first, last = self._days
        own = [duty for duty in self.by_person[person] if first <= duty.day <= last]
        kinds = Counter(duty.kind for duty in own)
        rest_days = sum(1 for duty in own if not is_business_day(duty.day))
        hours = sum((duty.ends_at - duty.starts_at for duty in own if duty.kind != ON_CALL), timedelta())
        share = self._share[person]
        of_kind, of_rest = kinds[kind] / share, rest_days / share
        return (
            of_kind + (of_rest if is_rest_day else 0),
            kinds[NIGHT] / share,
            hours.total_seconds() / share,
            # Whoever was off longest comes first among equals, so that people rotate.
            max((duty.ends_at.timestamp() for duty in own), default=0.0),
        )


def plan_rota(
    first: date,
    last: date,
    hours: Sequence[ShiftHours],
    people: Sequence[Person],
    rules: RotaRules = USUAL_RULES,
    standing: Sequence[Duty] = (),
) -> RotaPlan:
    """Fill the shifts that begin from ``first`` to ``last`` (both included).

    Args:
        standing: duties that are there already, also of the weeks before: they are kept, counted, and their
            people rest after them.

    The same arguments give the same plan.
    """
    everybody = sorted(people, key=lambda person: person.key)
    state = _Standing(everybody, standing, first, last)
    kept = list(standing)
    slots = list(slots_between(first, last, hours))
    planned = _filled(slots, kept, everybody, state, rules)
    planned = _evened(planned, everybody, state, rules)
    planned += _filled(slots, [*kept, *planned], everybody, state, rules)
    ordered = tuple(sorted(planned, key=lambda duty: (duty.starts_at, duty.kind, not duty.is_lead)))
    return RotaPlan(ordered, tuple(gaps_in([*kept, *planned], first, last, hours)))


def _filled(
    slots: Sequence[Slot],
    kept: Sequence[Duty],
    people: Sequence[Person],
    state: _Standing,
    rules: RotaRules,
) -> list[Duty]:
    """Give every slot that lacks people to whoever has least burden; return the new duties."""
    new: list[Duty] = []
    for slot in slots:
        for is_lead in _wanted(slot, [*kept, *new]):
            duty = _best(slot, people, state, rules, is_lead=is_lead)
            if duty is not None:
                new.append(duty)
                state.take(duty)
    return new


def _wanted(slot: Slot, standing: Sequence[Duty]) -> list[bool]:
    """Return one entry for each person still wanted: whether that person is to lead."""
    filling = [
        duty
        for duty in standing
        if duty.kind == slot.hours.kind and duty.starts_at <= slot.starts_at and duty.ends_at >= slot.ends_at
    ]
    missing = slot.hours.people - len(filling)
    leads = slot.hours.kind != ON_CALL and not any(duty.is_lead for duty in filling)
    return [leads and number == 0 for number in range(missing)]


def _best(
    slot: Slot, people: Sequence[Person], state: _Standing, rules: RotaRules, *, is_lead: bool
) -> Duty | None:
    """Return the duty of whoever may take the slot and has least burden, or None."""
    found: list[tuple[tuple[float, ...], Duty]] = []
    for person in people:
        duty = Duty(person.key, slot.hours.kind, slot.starts_at, slot.ends_at, is_lead)
        if _may(person, duty, state, rules):
            rest_day = not is_business_day(duty.day)
            order = state.burden(person.key, duty.kind, is_rest_day=rest_day)
            found.append(((*order, person.key), duty))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _may(person: Person, duty: Duty, state: _Standing, rules: RotaRules) -> bool:
    return (
        duty.day not in person.absent
        and (person.can_lead or not duty.is_lead)
        and breaks(duty, state.by_person[person.key], rules) is None
    )


def _evened(planned: list[Duty], people: Sequence[Person], state: _Standing, rules: RotaRules) -> list[Duty]:
    """Move single duties from whoever has most of a kind to whoever has least."""
    by_key = {person.key: person for person in people}
    for _move in range(MOST_MOVES):
        better = _one_move(planned, by_key, state, rules)
        if better is None:
            break
        old, new = better
        planned = [new if duty == old else duty for duty in planned]
        state.drop(old)
        state.take(new)
    return planned


def _one_move(
    planned: Sequence[Duty], people: dict[int, Person], state: _Standing, rules: RotaRules
) -> tuple[Duty, Duty] | None:
    """Return a duty and its like for another person that brings both nearer together, if there is one."""
    for kind in dict.fromkeys((NIGHT, *(duty.kind for duty in planned))):
        counts = {key: sum(1 for duty in state.by_person[key] if duty.kind == kind) for key in people}
        most = sorted(people, key=lambda key: (-counts[key], key))
        for giver in most:
            for taker in reversed(most):
                if counts[giver] - counts[taker] < 2 or people[taker].absent:
                    break
                for duty in planned:
                    if duty.person == giver and duty.kind == kind:
                        moved = duty._replace(person=taker)
                        if _may(people[taker], moved, state, rules):
                            return duty, moved
    return None
