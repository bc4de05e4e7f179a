"""The rota: planning, changing, handing over, and telling people when nobody takes an alert."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from yui.kernel.calendar_jp import TOKYO, now, today
from yui.kernel.policy import PermissionRefused
from yui.security.soc.models import (
    Absence,
    AlertGroup,
    Entrustment,
    EscalationStep,
    Handover,
    Notice,
    Shift,
)
from yui.security.soc.operations.rota.change_shifts import (
    ShiftFacts,
    add_shift,
    change_shift,
    remove_shift,
    swap_shifts,
)
from yui.security.soc.operations.rota.escalating import MOST_ATTEMPTS, escalate
from yui.security.soc.operations.rota.hand_over import accept_handover, write_handover
from yui.security.soc.operations.rota.keep_absences import add_absence, remove_absence
from yui.security.soc.operations.rota.keep_steps import StepFacts, add_step, remove_step
from yui.security.soc.operations.rota.plan_shifts import plan_shifts
from yui.security.soc.queries.rota.calendar import on_duty, rota_days
from yui.security.soc.tests.rule_data import add_group, add_rules

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


class Hook(BaseHTTPRequestHandler):
    """Answers as it is told, and keeps what came."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, json.loads(body)))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture
def hook(settings):
    server = HTTPServer(("127.0.0.1", 0), Hook)
    server.got, server.answers = [], []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.host = f"127.0.0.1:{server.server_port}"
    settings.SOC_WEBHOOK_HOSTS = [server.host]
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def waiting(system_actor, minato, soc):
    """A function that stores an alert of 港区 that nobody took for so many minutes."""
    Entrustment.objects.create(organisation=minato, body=soc, valid_from=today())
    rules = add_rules(system_actor, "mimikatz")

    def make(minutes=30, ward=minato):
        return add_group(ward, rules[0], host="SECRET-HOST", detected_at=now() - timedelta(minutes=minutes))

    return make


def step(actor, target, **changes):
    plain = {"position": 1, "minimum_level": 3, "after_minutes": 15, "channel": "webhook", "target": target}
    return add_step(actor, facts=StepFacts(**(plain | changes)))


def test_a_webhook_is_told_once_and_never_of_the_event(actor, system_actor, hook, waiting):
    step(actor, f"http://{hook.host}/soc?x=1")
    old, _young = waiting(30), waiting(5)
    assert escalate(system_actor).told == 1
    assert escalate(system_actor).told == 0
    ((path, told),) = hook.got
    assert path == "/soc?x=1"
    assert [alert["subject"] for alert in told["alerts"]] == [f"yui:soc.alert:{old.pk}"]
    assert "SECRET-HOST" not in json.dumps(told)
    assert Notice.objects.unscoped("test").get().sent_at is not None


def test_a_failed_webhook_is_tried_again_later_and_then_given_up(actor, system_actor, hook, waiting):
    step(actor, f"http://{hook.host}/")
    waiting()
    hook.answers = [500, 302, 204]
    assert escalate(system_actor).failed == 1
    assert escalate(system_actor) == escalate(system_actor), "it rests before the next try"
    assert len(hook.got) == 1
    notices = Notice.objects.unscoped("test")
    notices.update(tried_at=now() - timedelta(minutes=5))
    assert escalate(system_actor).failed == 1, "a redirect is not followed"
    assert notices.get().error == "HTTP 302"
    notices.update(tried_at=now() - timedelta(minutes=5))
    assert escalate(system_actor).told == 1
    assert (notices.get().attempts, notices.get().error) == (3, "")
    waiting()
    notices.update(attempts=MOST_ATTEMPTS, sent_at=None, tried_at=now() - timedelta(days=1))
    assert escalate(system_actor).told == 1, "only the new one"


def test_a_silent_server_is_a_failure(actor, system_actor, hook, waiting):
    step(actor, f"http://{hook.host}/")
    waiting()
    hook.shutdown()
    hook.server_close()
    assert escalate(system_actor).failed == 1
    assert "Refused" in Notice.objects.unscoped("test").get().error


def test_mail_goes_to_the_target_and_whoever_is_on_call(actor, system_actor, crew, waiting):
    start = now() - timedelta(hours=1)
    add_shift(actor, facts=ShiftFacts(crew[1], "on_call", start, start + timedelta(hours=24)))
    add_shift(actor, facts=ShiftFacts(crew[2], "day", start, start + timedelta(hours=8)))
    step(actor, "chief@soc.example, deputy@soc.example", channel="mail", to_on_call=True)
    for _number in range(25):
        waiting()
    assert escalate(system_actor).told == 25
    (message,) = mail.outbox
    assert message.to == ["chief@soc.example", "deputy@soc.example", crew[1].email]
    assert "25" in message.subject and "SECRET-HOST" not in message.subject + message.body
    assert message.body.count("/soc/alerts/") == 20


def test_only_what_nobody_took_in_watched_wards_is_told(actor, system_actor, hook, waiting, shinjuku):
    step(actor, f"http://{hook.host}/", minimum_level=3)
    taken, low = waiting(), waiting()
    waiting(ward=shinjuku)
    AlertGroup.objects.unscoped("test").filter(pk=taken.pk).update(state="working", acknowledged_at=now())
    AlertGroup.objects.unscoped("test").filter(pk=low.pk).update(level=2)
    assert escalate(system_actor).told == 0


@pytest.mark.parametrize(
    ("channel", "target"),
    [("webhook", "http://evil.example/"), ("webhook", "ftp://127.0.0.1/"), ("webhook", "nothing"),
     ("webhook", "http://user:pw@{host}/"), ("webhook", "http://{host}\r\nX: y/"), ("webhook", "http://[::1"),
     ("mail", "not an address"), ("mail", "a@b.example, x")],
)  # fmt: skip
def test_targets_that_cannot_be_are_refused(channel, target, actor, hook):
    with pytest.raises(ValidationError):
        step(actor, target.format(host=hook.host), channel=channel)


def test_a_target_that_is_no_longer_allowed_gets_nothing(actor, system_actor, hook, waiting, settings):
    step(actor, f"http://{hook.host}/")
    waiting()
    settings.SOC_WEBHOOK_HOSTS = []
    assert escalate(system_actor).failed == 1
    assert hook.got == []


def test_steps_are_the_joint_bodys(actor, alice, actor_of, hook, waiting, system_actor):
    with pytest.raises(PermissionRefused):
        step(actor_of(alice), "a@b.example", channel="mail")
    made = step(actor, f"http://{hook.host}/")
    waiting()
    escalate(system_actor)
    with pytest.raises(PermissionRefused):
        remove_step(actor_of(alice), step=made)
    remove_step(actor, step=made)
    assert not EscalationStep.objects.unscoped("test").exists()


def test_times_are_kept_as_moments(actor, crew):
    shift = add_shift(actor, facts=facts(crew[0]))
    assert shift.starts_at.astimezone(UTC).hour == 0
