"""The rota: planning, changing, handing over, and telling people when nobody takes an alert."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from yui.kernel.calendar_jp import TOKYO, now, today
from yui.kernel.policy import PermissionRefused
from yui.security.soc.models import (
    Absence,
    Handover,
    Shift,
)
from yui.security.soc.operations.rota.change_shifts import (
    ShiftFacts,
    add_shift,
    change_shift,
    remove_shift,
    swap_shifts,
)
from yui.security.soc.operations.rota.hand_over import accept_handover, write_handover
from yui.security.soc.operations.rota.keep_absences import add_absence, remove_absence
from yui.security.soc.operations.rota.plan_shifts import plan_shifts
from yui.security.soc.queries.rota.calendar import on_duty, rota_days

FIRST = today() + timedelta(days=7)


@pytest.fixture
def crew(member, soc, jun):
    return [jun, *(member(f"Watch{number}", soc, "joint_staff") for number in range(9))]


@pytest.fixture
def actor(jun, actor_of):
    return actor_of(jun)


def at(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TOKYO)


def facts(person, day=FIRST, hour=9, hours=8, kind="day", **changes):
    start = at(day, hour)
    return ShiftFacts(person, kind, start, start + timedelta(hours=hours), **changes)


def test_a_plan_fills_two_weeks_and_a_second_one_changes_nothing(actor, crew):
    last = FIRST + timedelta(days=13)
    plan = plan_shifts(actor, first=FIRST, last=last, people=crew)
    assert plan.gaps == ()
    assert Shift.objects.unscoped("test").count() == len(plan.duties) == 14 * 5
    assert plan_shifts(actor, first=FIRST, last=last, people=crew).duties == ()
    days = rota_days(actor, FIRST, last)
    assert len(days) == 14 and all(not day.gaps and not day.troubles for day in days)
    assert all(len(day.shifts["night"]) == 2 for day in days)


def test_people_who_are_away_are_not_planned(actor, crew, alice):
    away = add_absence(actor, person=crew[1], first_day=FIRST, last_day=FIRST + timedelta(days=6))
    plan = plan_shifts(actor, first=FIRST, last=FIRST + timedelta(days=6), people=crew)
    assert crew[1].pk not in {duty.person for duty in plan.duties}
    with pytest.raises(ValidationError):
        add_absence(actor, person=crew[1], first_day=FIRST, last_day=FIRST)
    with pytest.raises(ValidationError):
        add_absence(actor, person=alice, first_day=FIRST, last_day=FIRST)
    remove_absence(actor, absence=away)
    assert not Absence.objects.unscoped("test").exists()


def test_few_people_leave_gaps_that_are_told(actor, crew):
    plan = plan_shifts(actor, first=FIRST, last=FIRST, people=crew[:2])
    assert plan.gaps
    (day,) = rota_days(actor, FIRST, FIRST)
    assert set(day.gaps) <= {"day", "night", "on_call"} and day.gaps


def test_only_the_joint_body_keeps_its_rota(alice, charlie, actor_of, crew):
    for stranger in (alice, charlie):
        with pytest.raises(PermissionRefused):
            plan_shifts(actor_of(stranger), first=FIRST, last=FIRST, people=crew)
        with pytest.raises(PermissionRefused):
            add_shift(actor_of(stranger), facts=facts(crew[0]))
    assert not Shift.objects.unscoped("test").exists()
    assert not Shift.objects.visible_to(actor_of(alice)).exists()


def test_nonsense_is_refused(actor, crew, alice):
    for bad in ({"people": []}, {"people": [alice]}, {"last": FIRST - timedelta(days=1)},
                {"last": FIRST + timedelta(days=100)}):  # fmt: skip
        with pytest.raises(ValidationError):
            plan_shifts(actor, **({"first": FIRST, "last": FIRST, "people": crew} | bad))
    with pytest.raises(ValidationError):
        add_shift(actor, facts=facts(crew[0], hours=0))
    with pytest.raises(ValidationError):
        add_shift(actor, facts=facts(alice))


def test_a_shift_without_rest_asks_for_a_reason(actor, crew):
    add_shift(actor, facts=facts(crew[0], hour=20, hours=12, kind="night"))
    next_day = FIRST + timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        add_shift(actor, facts=facts(crew[0], next_day, 12))
    assert "reason" in refused.value.message_dict
    shift = add_shift(actor, facts=facts(crew[0], next_day, 12, reason="災害対応"))
    (_first, second) = rota_days(actor, FIRST, next_day)
    assert second.troubles == {shift.pk}


def test_changing_swapping_and_removing(actor, crew):
    one = add_shift(actor, facts=facts(crew[0]))
    other = add_shift(actor, facts=facts(crew[1], FIRST + timedelta(days=3)))
    change_shift(actor, shift=one, facts=facts(crew[2], hour=10))
    swap_shifts(actor, one=one, other=other)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.person, other.person) == (crew[1], crew[2])
    with pytest.raises(ValidationError):
        swap_shifts(actor, one=one, other=one)
    remove_shift(actor, shift=one)
    assert Shift.objects.unscoped("test").count() == 1


def test_two_shifts_of_the_same_hour_are_swapped(actor, crew):
    one = add_shift(actor, facts=facts(crew[0], kind="day", is_lead=True))
    other = add_shift(actor, facts=facts(crew[1], kind="on_call", hours=24))
    swap_shifts(actor, one=one, other=other)
    held = {shift.person: (shift.kind, shift.is_lead) for shift in Shift.objects.unscoped("test")}
    assert held == {crew[1]: ("day", True), crew[0]: ("on_call", False)}


def test_who_is_on_duty(actor, crew):
    start = now() - timedelta(hours=1)
    add_shift(actor, facts=ShiftFacts(crew[1], "day", start, start + timedelta(hours=3)))
    assert [shift.person for shift in on_duty(actor, now())] == [crew[1]]
    assert on_duty(actor, now() + timedelta(hours=3)) == []


def test_a_handover_is_accepted_once_by_another(actor, crew, actor_of, alice):
    with pytest.raises(ValidationError):
        write_handover(actor, shift_kind="day", for_shift_at=now(), text="", open_alerts=0, open_incidents=[])
    note = write_handover(
        actor,
        shift_kind="day",
        for_shift_at=now(),
        text="港区を見ていてください",
        open_alerts=3,
        open_incidents=["x"],
    )
    with pytest.raises(ValidationError):
        accept_handover(actor, handover=note)
    with pytest.raises(PermissionRefused):
        accept_handover(actor_of(alice), handover=note)
    accept_handover(actor_of(crew[1]), handover=note)
    with pytest.raises(ValidationError, match="Watch0"):
        accept_handover(actor_of(crew[2]), handover=note)
    assert not Handover.objects.visible_to(actor_of(alice)).exists()


def test_times_are_kept_as_moments(actor, crew):
    shift = add_shift(actor, facts=facts(crew[0]))
    assert shift.starts_at.astimezone(UTC).hour == 0
