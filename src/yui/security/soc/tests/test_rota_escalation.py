"""Telling people when nobody takes an alert: a real server for webhooks, and mail."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from yui.kernel.calendar_jp import now, today
from yui.kernel.policy import PermissionRefused
from yui.security.soc.models import AlertGroup, Entrustment, EscalationStep, Notice
from yui.security.soc.operations.rota.change_shifts import ShiftFacts, add_shift
from yui.security.soc.operations.rota.escalating import MOST_ATTEMPTS, escalate
from yui.security.soc.operations.rota.keep_steps import StepFacts, add_step, remove_step
from yui.security.soc.tests.rule_data import add_group, add_rules


@pytest.fixture
def crew(member, soc):
    return [member(f"Watch{number}", soc, "joint_staff") for number in range(3)]


@pytest.fixture
def actor(jun, actor_of):
    return actor_of(jun)


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
