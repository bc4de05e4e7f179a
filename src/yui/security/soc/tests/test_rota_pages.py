"""The pages of the rota: for the joint body's people alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import now, today
from yui.security.soc.formats.icalendar import CalendarEvent, calendar
from yui.security.soc.models import Absence, Entrustment, EscalationStep, Handover, Shift
from yui.security.soc.queries.rota.handing_over import next_shift
from yui.security.soc.tests.rule_data import add_group, add_rules

PAGES = ["rota", "rota-ical", "rota-plan", "shift-new", "absences", "handovers", "handover-new", "escalation"]


@pytest.fixture
def crew(member, soc, jun):
    return [jun, *(member(f"Watch{number}", soc, "joint_staff") for number in range(9))]


@pytest.fixture
def viewer(member, soc):
    return member("Vera", soc, "viewer")


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_for_the_joint_body_alone(name, client_of, jun, alice, charlie, organisations):
    address = reverse(f"soc:{name}")
    assert client_of(jun).get(address).status_code == 200
    for stranger in (alice, charlie):
        assert client_of(stranger).get(address).status_code == 403


def test_viewers_read_and_do_not_change(client_of, viewer, crew):
    client = client_of(viewer)
    assert client.get(reverse("soc:rota")).status_code == 200
    for name in ("rota-plan", "shift-new", "absences", "handover-new"):
        assert client.get(reverse(f"soc:{name}")).status_code == 403


def plan(client, people, first, last):
    stated = {"first": first.isoformat(), "last": last.isoformat(), "people": [p.pk for p in people],
              "day_people": 2, "night_people": 2, "on_call_people": 1}  # fmt: skip
    return client.post(reverse("soc:rota-plan"), stated)


def test_a_month_is_planned_shown_and_exported(client_of, jun, crew):
    client = client_of(jun)
    first = today().replace(day=1)
    assert plan(client, crew, first, first + timedelta(days=27)).status_code == 302
    text = client.get(reverse("soc:rota"), {"month": f"{first:%Y-%m}"}).content.decode()
    assert "Watch3" in text and "(責任者)" in text
    week = client.get(reverse("soc:rota"), {"week": first.isoformat()}).content.decode()
    assert week.count("<time datetime=") >= 7
    exported = client.get(reverse("soc:rota-ical"))
    assert exported["Content-Type"].startswith("text/calendar")
    mine = client.get(reverse("soc:rota-ical"), {"mine": "1"}).content.decode()
    assert exported.content.decode().count("BEGIN:VEVENT") > mine.count("BEGIN:VEVENT")
    assert plan(client, [], first, first).status_code == 422
    assert plan(client, crew, first, first + timedelta(days=200)).status_code == 422


@pytest.mark.parametrize(
    "query", [{"month": "2026-13"}, {"month": "x"}, {"week": "0001-01-01"}, {"week": "?"}]
)
def test_odd_spans_mean_this_month(query, client_of, jun, organisations):
    assert client_of(jun).get(reverse("soc:rota"), query).status_code == 200


def shift_form(person, start="2026-12-10T08:30", end="2026-12-10T21:00", **changes):
    return {"person": person.pk, "kind": "day", "starts_at": start, "ends_at": end, "act": "change"} | changes


def test_single_shifts(client_of, jun, alice, crew):
    client = client_of(jun)
    new = reverse("soc:shift-new")
    assert client.post(new, shift_form(crew[1])).status_code == 302
    assert client.post(new, shift_form(crew[1], start="2026-12-10T09:00")).status_code == 422
    assert client.post(new, shift_form(alice)).status_code == 422
    assert (
        client.post(new, shift_form(crew[2], start="2026-12-12T08:30", end="2026-12-12T21:00")).status_code
        == 302
    )
    one, other = Shift.objects.unscoped("test").order_by("starts_at")
    page = reverse("soc:shift", args=[one.pk])
    assert client_of(alice).get(page).status_code == 403
    assert client.get(page).status_code == 200
    assert client.post(page, {"act": "swap", "other": other.pk}).status_code == 302
    one.refresh_from_db()
    assert one.person == crew[2]
    assert client.post(page, {"act": "swap"}).status_code == 422
    assert client.post(page, shift_form(crew[3])).status_code == 302
    assert client.post(page, {"act": "remove"}).status_code == 302
    assert client.get(page).status_code == 404


def test_absences(client_of, jun, crew):
    client = client_of(jun)
    stated = {"person": crew[1].pk, "first_day": "2099-12-01", "last_day": "2099-12-03"}
    assert client.post(reverse("soc:absences"), stated).status_code == 302
    assert client.post(reverse("soc:absences"), stated | {"last_day": "2099-11-01"}).status_code == 422
    assert "Watch0" in client.get(reverse("soc:absences")).content.decode()
    one = Absence.objects.unscoped("test").get()
    assert client.post(reverse("soc:absence-remove", args=[one.pk])).status_code == 302
    assert not Absence.objects.unscoped("test").exists()


def test_a_handover_begins_with_what_is_open(client_of, jun, crew, system_actor, minato, shinjuku, soc):
    Entrustment.objects.create(organisation=minato, body=soc, valid_from=today())
    rules = add_rules(system_actor, "mimikatz")
    add_group(minato, rules[0], host="PC-7")
    add_group(shinjuku, rules[0], host="NOT-WATCHED")
    client = client_of(jun)
    text = client.get(reverse("soc:handover-new")).content.decode()
    assert "PC-7" in text and "NOT-WATCHED" not in text
    stated = {"shift_kind": "day", "for_shift_at": "2026-12-10T20:30", "text": "<b>見てください</b>"}
    assert client.post(reverse("soc:handover-new"), stated | {"text": ""}).status_code == 422
    assert client.post(reverse("soc:handover-new"), stated).status_code == 302
    note = Handover.objects.unscoped("test").get()
    assert note.open_alerts == 1
    client.post(note.get_absolute_url())
    note.refresh_from_db()
    assert note.accepted_at is None, "nobody accepts his own note"
    other = client_of(crew[1])
    assert "&lt;b&gt;" in other.get(note.get_absolute_url()).content.decode()
    other.post(note.get_absolute_url())
    note.refresh_from_db()
    assert note.accepted_by == crew[1]
    assert "Watch0" in client.get(reverse("soc:handovers")).content.decode()


@pytest.mark.parametrize(
    ("moment", "kind", "begins"),
    [
        (datetime(2026, 12, 10, 3, 0, tzinfo=UTC), "day", datetime(2026, 12, 10, 11, 30, tzinfo=UTC)),
        (datetime(2026, 12, 10, 15, 0, tzinfo=UTC), "night", datetime(2026, 12, 10, 23, 30, tzinfo=UTC)),
        (datetime(2026, 12, 9, 23, 45, tzinfo=UTC), "day", datetime(2026, 12, 10, 11, 30, tzinfo=UTC)),
    ],
)
def test_which_shift_comes_next(moment, kind, begins):
    assert next_shift(moment) == (kind, begins)


def test_steps_of_the_escalation(client_of, jun, viewer, settings, organisations):
    client = client_of(jun)
    stated = {"position": 1, "minimum_level": 3, "after_minutes": 15, "channel": "webhook",
              "target": "http://soc.internal/hook"}  # fmt: skip
    assert client.post(reverse("soc:escalation"), stated).status_code == 422
    settings.SOC_WEBHOOK_HOSTS = ["soc.internal"]
    assert client_of(viewer).post(reverse("soc:escalation"), stated).status_code == 403
    assert client.post(reverse("soc:escalation"), stated).status_code == 302
    assert "http://soc.internal/hook" in client.get(reverse("soc:escalation")).content.decode()
    one = EscalationStep.objects.unscoped("test").get()
    assert client.post(reverse("soc:escalation-remove", args=[one.pk])).status_code == 302
    assert not EscalationStep.objects.unscoped("test").exists()


def test_calendar_lines_are_folded_and_escaped():
    moment = now()
    title = "夜勤; 港区,\n責任者\\" + "あ" * 60
    text = calendar("x", [CalendarEvent("1@yui", moment, moment + timedelta(hours=1), title, moment)])
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "")
    assert "SUMMARY:夜勤\\; 港区\\,\\n責任者\\\\" + "あ" * 60 in unfolded
    assert text.endswith("END:VCALENDAR\r\n")
