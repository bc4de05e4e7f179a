"""Overview and wall: what waits, what burns, who is there, who is silent; within what the reader may read."""

from datetime import timedelta

import pytest

from yui.kernel.calendar_jp import now
from yui.security.soc.models import (
    Duty,
    Incident,
    IncidentMoment,
    Level,
    LogSender,
    Shift,
    ShiftKind,
)
from yui.security.soc.operations.alerts import close_alerts, take_alerts
from yui.security.soc.queries.overview.state import SILENT, watch_state
from yui.security.soc.tests.alert_records import entrust, make_rule, raise_one
from yui.security.soc.views.overview.figures import hours, map_of

pytestmark = pytest.mark.django_db
PAGES = ("/soc/", "/soc/wall/")


@pytest.fixture
def rule(soc):
    return make_rule(soc)


def state_for(actor, at=None):
    return watch_state(actor, at or now())


def incident_of(ward, minutes, **values):
    """Store an open incident of a ward, detected so many minutes ago."""
    facts = {"title": "共有フォルダの暗号化", "category": "ransomware", "number": f"{ward.code}-{minutes}"}
    incident = Incident.objects.create(organisation=ward, **(facts | values))
    at = now()
    IncidentMoment.objects.create(
        incident=incident, kind="detected", at=at - timedelta(minutes=minutes), source="alert", recorded_at=at
    )
    return incident


def contain(incident, minutes):
    at = now()
    IncidentMoment.objects.create(
        incident=incident,
        kind="contained",
        at=at - timedelta(minutes=minutes),
        source="person",
        recorded_at=at,
    )


def test_a_quiet_watch_says_so(actor_of, bob, soc):
    state = state_for(actor_of(bob))
    assert (state.open, state.waiting, state.oldest, state.clocks, state.silent_count) == (0, 0, None, (), 0)


def test_counts_by_level_and_ward(system_actor, actor_of, jun, minato, shinjuku, soc, rule):
    low = make_rule(soc, "low", level=Level.LOW)
    raise_one(system_actor, minato, rule)
    raise_one(system_actor, minato, low, 2)
    raise_one(system_actor, shinjuku, low, 3)
    entrust(minato, soc)
    entrust(shinjuku, soc)
    state = state_for(actor_of(jun))
    assert dict(state.open_by_level)[Level.HIGH] == 1
    assert dict(state.open_by_level)[Level.LOW] == 2
    by_code = {each.ward.code: each for each in state.wards}
    assert set(by_code) == {minato.code, shinjuku.code}
    assert (by_code[minato.code].open, by_code[minato.code].grave, by_code[minato.code].heaviest) == (
        2,
        1,
        Level.HIGH,
    )
    assert (by_code[shinjuku.code].open, by_code[shinjuku.code].grave) == (1, 0)


def test_the_oldest_that_nobody_took(system_actor, actor_of, alice, minato, rule):
    taken = raise_one(system_actor, minato, rule, 1, host="a", minutes=-300)
    raise_one(system_actor, minato, rule, 2, host="b", minutes=-100)
    oldest = raise_one(system_actor, minato, rule, 3, host="c", minutes=-200)
    take_alerts(actor_of(alice), groups=[taken])
    state = state_for(actor_of(alice))
    assert (state.oldest.pk, state.waiting, state.open) == (oldest, 2, 3)
    close_alerts(actor_of(alice), groups=[oldest], reason="benign")
    assert state_for(actor_of(alice)).oldest.host == "b"


def test_clocks_run_to_containment_and_from_reopening(actor_of, bob, minato, soc):
    running, contained = incident_of(minato, 1500), incident_of(minato, 2000)
    contain(contained, 100)
    incident_of(minato, 10, is_exercise=True)
    clocks = state_for(actor_of(bob)).clocks
    assert [clock.incident for clock in clocks] == [running, contained]
    assert (clocks[0].is_late, clocks[1].is_late, clocks[1].contained) == (True, False, True)
    assert round(clocks[1].taken.total_seconds() / 60) == 1900
    contained.round = 2
    contained.save()
    IncidentMoment.objects.create(
        incident=contained,
        round=2,
        kind="reopened",
        at=now() - timedelta(minutes=30),
        source="person",
        recorded_at=now(),
    )
    again = next(clock for clock in state_for(actor_of(bob)).clocks if clock.incident == contained)
    assert (again.contained, round(again.taken.total_seconds() / 60)) == (False, 30)


def test_the_next_paper_of_each_incident(actor_of, bob, minato, soc):
    incident = incident_of(minato, 60)
    soon, later = now() + timedelta(days=1), now() + timedelta(days=20)
    Duty.objects.create(incident=incident, code="final", due_at=later)
    Duty.objects.create(incident=incident, code="preliminary", due_at=soon)
    Duty.objects.create(incident=incident, code="none", due_at=now(), state="not_required", reason="対象外")
    state = state_for(actor_of(bob))
    assert [duty.code for duty in state.duties] == ["preliminary", "final"]
    assert state.clocks[0].next_duty.due_at == soon


def test_senders_that_fell_silent(actor_of, bob, minato, soc):
    at = now()
    for name, minutes, revoked in (
        ("静か", 61, None),
        ("元気", 5, None),
        ("廃止", 900, at),
        ("初回前", None, None),
    ):
        LogSender.objects.create(
            organisation=minato, name=name, proof="token", secret_sha256=f"{len(name)}{minutes}",
            last_seen_at=at - timedelta(minutes=minutes) if minutes else None, revoked_at=revoked,
        )  # fmt: skip
    assert timedelta(minutes=60) == SILENT
    assert [sender.name for sender in state_for(actor_of(bob), at).silent] == ["静か"]


def test_who_is_on_duty_now(actor_of, jun, soc):
    at = now()
    for kind, begins, ends in (
        (ShiftKind.DAY, -60, 60),
        (ShiftKind.NIGHT, 60, 600),
        (ShiftKind.ON_CALL, -900, -60),
    ):
        Shift.objects.create(
            organisation=soc, person=jun, kind=kind,
            starts_at=at + timedelta(minutes=begins), ends_at=at + timedelta(minutes=ends),
        )  # fmt: skip
    assert [shift.kind for shift in state_for(actor_of(jun), at).on_duty] == [ShiftKind.DAY]


@pytest.fixture
def busy(system_actor, minato, soc, rule):
    """A ward with an alert, an incident over its day, a paper overdue and a silent sender."""
    raise_one(system_actor, minato, rule)
    incident = incident_of(minato, 1500, title="<b>暗号化</b>")
    Duty.objects.create(incident=incident, code="preliminary", due_at=now() - timedelta(hours=1))
    LogSender.objects.create(
        organisation=minato,
        name="境界の装置",
        proof="token",
        secret_sha256="a",
        last_seen_at=now() - timedelta(hours=9),
    )


@pytest.mark.parametrize("page", PAGES)
def test_the_ward_and_its_watch_see_it(client_of, bob, jun, minato, soc, busy, page):
    entrust(minato, soc)
    for person in (bob, jun):
        shown = client_of(person).get(page).content.decode()
        for words in (
            "&lt;b&gt;暗号化",
            "24時間超過",
            "境界の装置",
            "LSASSメモリの読み出し",
            "期限を過ぎた対応",
        ):
            assert words in shown, words


@pytest.mark.parametrize("page", PAGES)
def test_other_wards_see_nothing_of_it(client_of, charlie, jun, busy, page):
    for person in (charlie, jun):
        shown = client_of(person).get(page).content.decode()
        for words in ("暗号化", "境界の装置", "LSASS", "港区"):
            assert words not in shown, words
        assert "急ぐものはありません" in shown


@pytest.mark.parametrize("page", PAGES)
def test_nobody_reads_it_without_signing_in(client, page):
    assert client.get(page).status_code == 302


def test_the_wall_renews_itself(client_of, jun, soc):
    shown = client_of(jun).get("/soc/wall/").content.decode()
    assert 'http-equiv="refresh" content="60"' in shown
    assert 'data-live="soc."' in shown


def test_a_tile_holds_its_counts_and_no_more(system_actor, actor_of, bob, minato, soc, rule):
    low = make_rule(soc, "low", level=Level.LOW)
    for number, each in enumerate([rule, low, low]):
        raise_one(system_actor, minato, each, number, host=f"PC-{number}")
    (tile,) = [tile for tile in map_of(state_for(actor_of(bob))).tiles if tile.code == minato.code]
    assert tile.value_text == "3 (1)"


def test_hours_on_the_wall():
    assert [hours(timedelta(minutes=minutes)) for minutes in (0, 5, 60, 1565)] == [
        "0:00",
        "0:05",
        "1:00",
        "26:05",
    ]
