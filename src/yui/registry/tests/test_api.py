"""The read endpoints: the same wall as the pages."""

from datetime import date

import pytest

from yui.registry.facts import OutageFacts
from yui.registry.operations import open_outage, record_migration_step
from yui.registry.tests.conftest import tokyo

LISTS = ["systems", "contracts", "outages"]


@pytest.fixture
def outage(system_actor, system):
    """An outage of 港区's system."""
    facts = OutageFacts(title="停止", started_at=tokyo(2026, 5, 1, 9), severity="full")
    return open_outage(system_actor, system=system, facts=facts)


@pytest.fixture
def records(system, contract, outage):
    """One record of each list, by its name."""
    return {"systems": system, "contracts": contract, "outages": outage}


@pytest.mark.parametrize("name", LISTS)
def test_members_read_and_strangers_learn_nothing(name, bob, charlie, client_of, records):
    page = f"/api/v1/{name}"
    mine = client_of(bob).get(page).json()
    assert (mine["count"], mine["items"][0]["id"]) == (1, records[name].pk)
    assert client_of(charlie).get(page).json() == {"count": 0, "items": []}
    assert client_of(bob).get(f"{page}/{records[name].pk}").json()["id"] == records[name].pk
    assert client_of(charlie).get(f"{page}/{records[name].pk}").status_code == 404


@pytest.mark.parametrize("name", [*LISTS, "migration"])
def test_a_visitor_is_refused(name, client, db):
    assert client.get(f"/api/v1/{name}").status_code == 401


def test_lists_are_cut_into_pages_and_narrowed_to_a_ward(alice, client_of, make_system, shinjuku):
    for number in range(3):
        make_system(f"MN-{number:03d}")
    make_system("SJ-001", organisation=shinjuku, visibility="wards")
    client = client_of(alice)
    page = client.get("/api/v1/systems?limit=2&offset=2").json()
    assert page["count"] == 4
    assert len(page["items"]) == 2
    assert client.get(f"/api/v1/systems?organisation={shinjuku.code}").json()["count"] == 1
    assert client.get("/api/v1/systems?limit=100000").status_code == 422


def test_migration_is_told_as_of_a_day(alice, charlie, actor_of, client_of, minato, resident_area):
    record_migration_step(
        actor_of(alice),
        organisation=minato,
        area=resident_area,
        state="migrated",
        actual_on=date(2026, 5, 10),
    )
    client = client_of(charlie)
    for day, state in (("2026-05-09", "current"), ("2026-05-10", "migrated")):
        items = client.get(f"/api/v1/migration?as_of={day}").json()["items"]
        assert len(items) == 460
        told = [
            item for item in items if item["organisation_code"] == minato.code and item["area_code"] == "01"
        ]
        assert [item["state"] for item in told] == [state]
