"""The rota engine: whatever people, absences and months, the rules hold, and an open shift is really open."""

from collections import Counter
from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from yui.security.soc.engine.rota import (
    Duty,
    Person,
    RotaRules,
    ShiftHours,
    TroubleKind,
    gaps_in,
    plan_rota,
    slots_between,
    troubles_in,
)
from yui.security.soc.engine.rota.checking import breaks

HOURS = (
    ShiftHours("day", time(8, 30), timedelta(hours=12, minutes=30), 2),
    ShiftHours("night", time(20, 30), timedelta(hours=12, minutes=30), 2),
    ShiftHours("on_call", time(9), timedelta(hours=24), 1),
)
FIRST = date(2026, 12, 1)
RULES = RotaRules()


def month_end(first):
    return first + timedelta(days=30)


@st.composite
def crews(draw):
    """Up to a dozen people, some of whom do not lead, each absent on some days."""
    days = st.frozensets(st.integers(0, 13).map(lambda n: FIRST + timedelta(days=n)), max_size=6)
    return [
        Person(key, draw(st.booleans()) or key == 1, draw(days))
        for key in range(1, draw(st.integers(1, 12)) + 1)
    ]


@settings(max_examples=40, deadline=None)
@given(crews(), st.integers(0, 13))
def test_no_plan_breaks_a_rule_or_an_absence(people, length):
    last = FIRST + timedelta(days=length)
    plan = plan_rota(FIRST, last, HOURS, people, RULES)
    assert troubles_in(plan.duties, RULES) == []
    by_key = {person.key: person for person in people}
    assert all(duty.day not in by_key[duty.person].absent for duty in plan.duties)
    assert all(by_key[duty.person].can_lead for duty in plan.duties if duty.is_lead)
    for gap in plan.gaps:
        for person in people:
            lone = Duty(person.key, gap.kind, gap.starts_at, gap.ends_at)
            own = [duty for duty in plan.duties if duty.person == person.key]
            could = gap.missing and lone.day not in person.absent and breaks(lone, own, RULES) is None
            assert not could or (gap.needs_lead and not person.can_lead and gap.missing == 1)
    wanted = sum(slot.hours.people for slot in slots_between(FIRST, last, HOURS))
    assert len(plan.duties) + sum(gap.missing for gap in plan.gaps) == wanted


@settings(max_examples=20, deadline=None)
@given(crews())
def test_the_same_people_in_any_order_give_the_same_plan(people):
    last = FIRST + timedelta(days=9)
    assert plan_rota(FIRST, last, HOURS, people) == plan_rota(FIRST, last, HOURS, people[::-1])


def test_enough_people_leave_no_gap_and_share_the_nights():
    people = [Person(key) for key in range(1, 13)]
    plan = plan_rota(FIRST, month_end(FIRST), HOURS, people)
    assert plan.gaps == ()
    for kind in ("night", "day", "on_call"):
        counts = Counter(duty.person for duty in plan.duties if duty.kind == kind)
        assert max(counts.values()) - min(counts.values()) <= 2, (kind, counts)


def test_every_day_and_night_shift_has_one_lead():
    plan = plan_rota(FIRST, month_end(FIRST), HOURS, [Person(key, can_lead=key <= 6) for key in range(1, 13)])
    leads = Counter((duty.kind, duty.starts_at) for duty in plan.duties if duty.is_lead)
    shifts = {(duty.kind, duty.starts_at) for duty in plan.duties if duty.kind != "on_call"}
    assert set(leads) == shifts and set(leads.values()) == {1}


def test_one_person_cannot_fill_a_rota():
    plan = plan_rota(FIRST, FIRST + timedelta(days=2), HOURS, [Person(1)])
    assert plan.gaps
    assert troubles_in(plan.duties, RULES) == []


def test_what_stands_already_is_kept_and_rested_from():
    before = plan_rota(FIRST - timedelta(days=1), FIRST - timedelta(days=1), HOURS, [Person(1), Person(2)])
    plan = plan_rota(FIRST, FIRST, HOURS, [Person(1), Person(2)], standing=before.duties)
    assert troubles_in([*before.duties, *plan.duties], RULES) == []
    again = plan_rota(FIRST, FIRST, HOURS, [Person(1), Person(2)], standing=[*before.duties, *plan.duties])
    assert all(duty.kind not in {d.kind for d in plan.duties if d.kind != "on_call"} for duty in again.duties)


def duty(kind, day, hour, hours, person=1):
    slot = next(
        iter(
            slots_between(
                FIRST + timedelta(days=day),
                FIRST + timedelta(days=day),
                [ShiftHours(kind, time(hour), timedelta(hours=hours))],
            )
        )
    )
    return Duty(person, kind, slot.starts_at, slot.ends_at)


def test_each_rule_is_noticed():
    def kinds(*duties):
        return [trouble.kind for trouble in troubles_in(duties, RULES)]

    assert kinds(duty("day", 0, 8, 12), duty("night", 0, 19, 12)) == [TroubleKind.OVERLAP]
    assert kinds(duty("night", 0, 20, 12), duty("day", 1, 18, 4)) == [TroubleKind.REST]
    assert kinds(duty("night", 0, 20, 12), duty("day", 1, 19, 4)) == []
    assert kinds(*(duty("night", day, 20, 12) for day in range(4))) == [TroubleKind.NIGHTS]
    assert kinds(*(duty("day", day, 9, 8) for day in range(6))) == [TroubleKind.DAYS]
    assert kinds(duty("on_call", 0, 9, 24), duty("night", 0, 20, 12)) == [TroubleKind.OVERLAP]
    assert kinds(duty("on_call", 0, 9, 24), duty("day", 1, 9, 8)) == []


def test_gaps_name_what_is_missing():
    lone = [duty("day", 0, 8, 13)._replace(is_lead=True)]
    gaps = gaps_in(lone, FIRST, FIRST, HOURS)
    assert [(gap.kind, gap.missing, gap.needs_lead) for gap in gaps] == [
        ("day", 1, False),
        ("on_call", 1, False),
        ("night", 2, True),
    ]
