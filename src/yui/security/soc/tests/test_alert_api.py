"""Alerts and sightings over the API, within what the asking person may see."""

import json

import pytest

from yui.security.soc.models import AlertGroup, AlertState
from yui.security.soc.operations.alerts import raise_alerts, take_alerts
from yui.security.soc.tests.alert_records import entrust, make_fact, make_rule, raise_one

pytestmark = pytest.mark.django_db
ALERTS = "/api/v1/soc/alerts"


@pytest.fixture
def rule(soc):
    return make_rule(soc)


@pytest.fixture
def group(system_actor, minato, rule):
    return raise_one(system_actor, minato, rule)


def body(answer, status=200):
    assert answer.status_code == status, answer.content
    return answer.json()


def test_nobody_asks_without_signing_in(client, group):
    assert client.get(ALERTS).status_code == 401
    assert client.get(f"{ALERTS}/{group}").status_code == 401


def test_the_ward_and_its_watch_read_it(client_of, bob, jun, charlie, minato, soc, group):
    entrust(minato, soc)
    for person in (bob, jun):
        (item,) = body(client_of(person).get(ALERTS))["items"]
        assert (item["id"], item["organisation_code"], item["state"]) == (group, minato.code, "new")
    assert body(client_of(charlie).get(ALERTS))["items"] == []
    assert client_of(charlie).get(f"{ALERTS}/{group}").status_code == 404
    assert client_of(charlie).post(f"{ALERTS}/{group}/take").status_code == 404


def test_one_alert_explains_itself_with_author_and_licence(client_of, bob, group):
    found = body(client_of(bob).get(f"{ALERTS}/{group}"))
    assert (found["rule"]["author"], found["rule"]["licence"]) == ("架空 太郎", "DRL 1.1")
    assert found["events"][0]["matched"][0]["literal"] == "minidump"
    assert found["alert"]["url"] == f"/soc/alerts/{group}/"


def test_pages_follow_by_cursor(system_actor, minato, rule, client_of, bob):
    facts = [make_fact(rule, n, host=f"PC-{n}") for n in range(7)]
    raise_alerts(system_actor, ward=minato, facts=facts)
    seen, after = [], ""
    for _ in range(4):
        page = body(client_of(bob).get(f"{ALERTS}?limit=3&after={after}"))
        seen += [item["id"] for item in page["items"]]
        after = page["after"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == 7


def test_conditions_narrow(client_of, bob, group):
    client = client_of(bob)
    for query, count in (("level=3", 1), ("level=4", 0), ("q=PC-0", 1), ("state=closed", 0)):
        assert len(body(client.get(f"{ALERTS}?{query}"))["items"]) == count, query


def test_taking_and_closing(client_of, alice, group):
    client = client_of(alice)
    assert body(client.post(f"{ALERTS}/{group}/take"))["state"] == "working"
    data = json.dumps({"reason": "benign", "note": "点検"})
    closed = body(client.post(f"{ALERTS}/{group}/close", data, content_type="application/json"))
    assert (closed["state"], closed["close_reason"]) == ("closed", "benign")
    refused = client.post(f"{ALERTS}/{group}/close", data, content_type="application/json")
    assert "Alice" in body(refused, 409)["messages"][0]


def test_a_conflict_names_who_was_first(actor_of, client_of, alice, anna, group):
    take_alerts(actor_of(anna), groups=[group])
    assert "Anna" in body(client_of(alice).post(f"{ALERTS}/{group}/take"), 409)["messages"][0]


def test_a_wrong_closing_is_refused(client_of, alice, group):
    client = client_of(alice)
    for data in ("{}", '{"reason": "because"}', "nonsense", '{"reason": "benign", "note": 7}'):
        answer = client.post(f"{ALERTS}/{group}/close", data, content_type="application/json")
        assert answer.status_code in (400, 422), data
    assert AlertGroup.objects.unscoped("test").get().state == AlertState.NEW


def test_readers_are_refused(client_of, bob, group):
    assert client_of(bob).post(f"{ALERTS}/{group}/take").status_code == 403


def test_sightings_are_for_every_ward(client_of, charlie):
    assert body(client_of(charlie).get("/api/v1/soc/sightings")) == {"count": 0, "items": []}
    assert client_of(charlie).get("/api/v1/soc/sightings/1").status_code == 404
