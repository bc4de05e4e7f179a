"""Joint alerts and sightings: the joint body sees the wards; a ward learns kind, value, times, count only."""

import json
from datetime import timedelta

import pytest

from yui.kernel.events.models import Event
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.security.soc.engine.joint.facts import JointAlertFact
from yui.security.soc.engine.joint.keys import Key, KeyKind
from yui.security.soc.finding_alerts import RESOLVERS, joint_alert_documents, sighting_documents
from yui.security.soc.models import (
    AlertState,
    CloseReason,
    Entrustment,
    JointAlert,
    JointAlertWard,
    Level,
    Sighting,
)
from yui.security.soc.operations import alerts
from yui.security.soc.operations.alerts import errors
from yui.security.soc.tests.alert_records import NOON, entrust, make_fact, make_rule

pytestmark = pytest.mark.django_db
DOMAIN = "evil.example"
START = int(NOON.timestamp() * 1_000_000)


@pytest.fixture
def rule(soc):
    return make_rule(soc)


def fact(*wards, numbers=(), kind=KeyKind.DOMAIN, value=DOMAIN, count=None, minutes=90, level="high"):
    return JointAlertFact(
        identifier="x", revision=1, key=Key(kind, value), level=level, time_us=START, first_us=START,
        last_us=START + minutes * 60_000_000, window_us=86_400_000_000,
        wards=tuple(ward.code for ward in wards),
        alert_ids=tuple(f"rule:{number:064x}" for number in numbers),
        alerts=count or len(wards), score=3.7, expected=0.01, usual=0.0, history_days=30,
    )  # fmt: skip


@pytest.fixture
def wards(organisations):
    """Four wards: 港, 新宿, 文京, 台東."""
    return [organisations[code] for code in ("131032", "131041", "131059", "131067")]


@pytest.fixture
def joint(system_actor, soc, rule, wards):
    """One domain in three wards; 港区 is among them, all share."""
    for place, ward in enumerate(wards[:3]):
        entrust(ward, soc)
        told = [
            make_fact(rule, 10 * place + n, minutes=7 * place + n, host=f"PC-SECRET-{place}")
            for n in range(2)
        ]
        alerts.raise_alerts(system_actor, ward=ward, facts=told)
    return alerts.raise_joint_alert(system_actor, fact=fact(*wards[:3], numbers=range(40), count=6))


def test_a_joint_alert_keeps_what_each_ward_saw(joint, wards):
    assert (joint.ward_count, joint.count, joint.level, joint.surprise) == (3, 6, Level.HIGH, 3.7)
    kept = JointAlertWard.objects.unscoped("test").filter(joint_alert=joint).order_by("first_seen")
    assert [each.ward for each in kept] == wards[:3]
    assert [each.count for each in kept] == [2, 2, 2]
    assert kept[1].first_seen == NOON + timedelta(minutes=7)
    assert all(len(each.alert_ids) == 1 for each in kept)


def test_the_sighting_tells_kind_value_times_and_count(joint):
    (sighting,) = Sighting.objects.unscoped("test")
    assert (sighting.key_kind, sighting.key_value, sighting.count, sighting.ward_count) == (
        "domain",
        DOMAIN,
        6,
        3,
    )
    assert (sighting.first_seen, sighting.last_seen) == (NOON, NOON + timedelta(minutes=15))
    assert sighting.visibility == "wards"


def test_telling_again_changes_nothing_and_growing_reopens(system_actor, actor_of, jun, joint, wards, soc):
    alerts.close_joint_alert(actor_of(jun), joint=joint, reason=CloseReason.BENIGN)
    again = alerts.raise_joint_alert(system_actor, fact=fact(*wards[:3], numbers=range(40), count=6))
    assert (again.pk, again.state) == (joint.pk, AlertState.CLOSED)
    entrust(wards[3], soc)
    grown = alerts.raise_joint_alert(system_actor, fact=fact(*wards, numbers=range(40), count=7))
    assert (grown.pk, grown.state, grown.ward_count, grown.close_reason) == (joint.pk, AlertState.NEW, 4, "")
    assert Sighting.objects.unscoped("test").get().ward_count == 4


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ([{}, {}, {}], (3, 3)),
        ([{"shares_sightings": False}, {}, {}], (2, 2)),
        ([{"shares_sightings": False}, {"shares_sightings": False}, {}], None),
        ([{"minimum_wards": 4}, {}, {}], (2, 2)),
        ([{"minimum_wards": 3}, {"minimum_wards": 3}, {"minimum_wards": 3}], (3, 3)),
        ([{"minimum_wards": 4}, {"minimum_wards": 4}, {"minimum_wards": 4}], None),
        ([None, {}, {}], (2, 2)),
        ([None, None, None], None),
    ],
)
def test_each_ward_decides_whether_and_in_what_company_it_is_counted(system_actor, soc, wards, terms, told):
    for ward, values in zip(wards, terms, strict=False):
        if values is not None:
            entrust(ward, soc, **values)
    alerts.raise_joint_alert(system_actor, fact=fact(*wards[:3], count=9))
    sighting = Sighting.objects.unscoped("test").first()
    assert (sighting and (sighting.ward_count, sighting.count)) == told


def test_a_sighting_that_may_no_longer_be_told_is_taken_back(system_actor, joint, wards):
    Entrustment.objects.unscoped("test").update(shares_sightings=False)
    alerts.raise_joint_alert(system_actor, fact=fact(*wards[:3], numbers=range(40), count=6))
    assert not Sighting.objects.unscoped("test").exists()


def test_one_known_ward_is_no_joint_alert(system_actor, wards, soc):
    alone = fact(wards[0], wards[1])._replace(wards=(wards[0].code, "999999"))
    assert alerts.raise_joint_alert(system_actor, fact=alone) is None
    assert not JointAlert.objects.unscoped("test").exists()


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


SECRETS = ("PC-SECRET", "新宿区", "文京区", "131041", "131059", "suzuki", "rundll32", "LSASS")


def test_a_ward_learns_nothing_else_anywhere(client_of, member, organisations, joint):
    """An officer of a ward that is not among them walks every page, file and feed of it."""
    sumida = organisations["131075"]
    client = client_of(member("Mai", sumida, "officer"))
    sighting = Sighting.objects.unscoped("test").get()
    for address in (
        "/soc/sightings/", f"/soc/sightings/{sighting.pk}/", "/soc/sightings/stix.json", "/soc/alerts/",
        "/soc/sightings/?download=csv", "/soc/", "/soc/wall/",
    ):  # fmt: skip
        answer = client.get(address)
        page = b"".join(answer).decode() if answer.streaming else text(answer)
        body = page.split("<main")[-1]
        assert [secret for secret in SECRETS if secret in body] == [], address
    for address in ("/soc/joint-alerts/", f"/soc/joint-alerts/{joint.pk}/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/soc/joint-alerts/{joint.pk}/step/", {"step": "take"}).status_code == 404


def test_live_events_and_links_tell_a_ward_no_more(actor_of, charlie, alice, joint):
    for person in (charlie, alice):
        actor = actor_of(person)
        seen = Event.objects.visible_to(actor).exclude(organisation__in=actor.organisation_ids)
        assert {event.kind for event in seen} == {"soc.sighting.share"}
        assert all(event.data == {} and DOMAIN in event.summary for event in seen)
        assert RESOLVERS["soc.joint_alert"]([str(joint.pk)], actor) == {}
        assert not JointAlertWard.objects.visible_to(actor).exists()


def test_search_documents_carry_the_value_alone(joint):
    (told,) = sighting_documents(None)
    (own,) = joint_alert_documents(None)
    assert (told.title, told.visibility, told.organisation_code) == (DOMAIN, "wards", "JB-SOC")
    assert own.visibility == "own"
    for document in (told, own):
        assert [secret for secret in SECRETS if secret in repr(document)] == []


def test_the_joint_body_sees_the_wards_and_their_alerts(client_of, jun, joint):
    client = client_of(jun)
    assert DOMAIN in text(client.get("/soc/joint-alerts/"))
    page = text(client.get(f"/soc/joint-alerts/{joint.pk}/"))
    for words in ("港区", "新宿区", "文京区", "LSASSメモリの読み出し", "意外さ"):
        assert words in page


def test_the_joint_body_takes_closes_and_advises(client_of, actor_of, jun, charlie, joint):
    client, address = client_of(jun), f"/soc/joint-alerts/{joint.pk}/step/"
    client.post(address, {"step": "take"})
    client.post(address, {"step": "advise", "advice": "この名前への通信を止めてください。"})
    assert "この名前への通信を止めてください。" in text(
        client_of(charlie).get(Sighting.objects.unscoped("t").get().get_absolute_url())
    )
    assert "選んでください" in text(client.post(address, {"step": "close"}, follow=True))
    client.post(address, {"step": "close", "reason": "true_positive", "note": "遮断した"})
    stored = JointAlert.objects.unscoped("test").get()
    assert (stored.state, stored.assignee, stored.close_note) == (AlertState.CLOSED, jun, "遮断した")
    assert "ありません" in text(client.post(address, {"step": "drop"}, follow=True))
    assert Entry.objects.filter(subject=f"yui:soc.joint_alert:{joint.pk}").count() == 3


def test_two_analysts_learn_of_each_other(actor_of, jun, member, soc, joint):
    kei = actor_of(member("Kei", soc, "joint_staff"))
    alerts.take_joint_alert(actor_of(jun), joint=joint)
    with pytest.raises(errors.TakenMeanwhile, match="Jun"):
        alerts.take_joint_alert(kei, joint=joint)
    alerts.close_joint_alert(kei, joint=joint, reason=CloseReason.DUPLICATE)
    with pytest.raises(errors.ClosedMeanwhile):
        alerts.take_joint_alert(actor_of(jun), joint=joint)


def test_wards_change_nothing_of_the_joint_body_s(actor_of, alice, charlie, joint, wards):
    sighting = Sighting.objects.unscoped("test").get()
    for person in (alice, charlie):
        actor = actor_of(person)
        with pytest.raises(PermissionRefused):
            alerts.raise_joint_alert(actor, fact=fact(*wards))
        with pytest.raises(PermissionRefused):
            alerts.take_joint_alert(actor, joint=joint)
        with pytest.raises(PermissionRefused):
            alerts.close_joint_alert(actor, joint=joint, reason=CloseReason.BENIGN)
        with pytest.raises(PermissionRefused):
            alerts.advise_wards(actor, sighting=sighting, advice="x")


def test_the_stix_bundle_holds_sightings_without_places(client_of, charlie, joint):
    answer = client_of(charlie).get("/soc/sightings/stix.json")
    assert answer["Content-Type"].startswith("application/stix+json")
    objects = json.loads(text(answer))["objects"]
    assert [each["type"] for each in objects] == ["identity", "indicator", "sighting"]
    indicator, sighting = objects[1:]
    assert indicator["pattern"] == f"[domain-name:value = '{DOMAIN}']"
    assert (sighting["count"], sighting["sighting_of_ref"]) == (6, indicator["id"])
    assert "where_sighted_refs" not in sighting
    assert Entry.objects.filter(verb="exchange.export.record", organisation_code="131041").count() == 1


def test_the_csv_is_written_into_the_ledger(client_of, charlie, joint):
    answer = client_of(charlie).get("/soc/sightings/?download=csv")
    assert DOMAIN in b"".join(answer).decode()
    assert Entry.objects.filter(verb="exchange.export.record", organisation_code="131041").count() == 1


def test_readers_without_signing_in_see_nothing(client, joint):
    for address in ("/soc/sightings/", "/soc/sightings/stix.json", "/soc/joint-alerts/"):
        assert client.get(address).status_code == 302
