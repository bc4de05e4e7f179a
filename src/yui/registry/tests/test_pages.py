"""Every page: who sees it, who may change, and that nothing of another ward shows."""

from datetime import date

import pytest
from django.urls import reverse

from yui.registry.facts import ChangeFacts, LinkFacts, OutageFacts, WindowFacts
from yui.registry.models import Change, Contract, DataLink, InformationSystem, MaintenanceWindow, Outage
from yui.registry.operations import (
    link_systems,
    open_outage,
    plan_maintenance,
    record_migration_step,
    request_change,
)
from yui.registry.tests.conftest import tokyo

SECRET = "港区だけの秘密システム"
SHARED_PAGES = [
    "systems",
    "links",
    "vendors",
    "sheets",
    "contracts",
    "expiry",
    "migration",
    "migration-progress",
    "outages",
    "availability",
    "maintenance",
    "changes",
]
NEW_PAGES = ["system-new", "vendor-new", "contract-new", "outage-new", "maintenance-new", "change-new"]


@pytest.fixture
def ledger(system_actor, minato, make_system, contract, system, resident_area):
    """A little of everything, all of it of 港区 and named so that a leak shows."""
    secret = make_system("MN-777", name=SECRET, category="standard", business_area=resident_area)
    link_systems(
        system_actor,
        facts=LinkFacts(source=system, target=secret, medium="file", frequency="daily", data=SECRET),
    )
    change = request_change(system_actor, system=secret, facts=ChangeFacts(title=SECRET, risk="low"))
    outage = open_outage(
        system_actor,
        system=secret,
        facts=OutageFacts(title=SECRET, started_at=tokyo(2026, 5, 1, 9), severity="full"),
    )
    window = plan_maintenance(
        system_actor,
        system=secret,
        facts=WindowFacts(title=SECRET, starts_at=tokyo(2026, 5, 2), ends_at=tokyo(2026, 5, 3)),
    )
    record_migration_step(
        system_actor, organisation=minato, area=resident_area, state="conformity", actual_on=date(2025, 4, 1)
    )
    return {"system": secret, "change": change, "outage": outage, "window": window, "contract": contract}


def record_pages(ledger):
    key = ledger["system"].pk
    names = ["system", *(f"system-{part}" for part in ("contracts", "links", "operations", "availability"))]
    return [
        *(reverse(f"registry:{name}", args=[key]) for name in [*names, "system-history"]),
        *(ledger[name].get_absolute_url() for name in ("contract", "outage", "change")),
    ]


def edit_pages(ledger):
    key = ledger["system"].pk
    return [
        reverse("registry:system-edit", args=[key]),
        reverse("registry:system-retire", args=[key]),
        reverse("registry:contract-edit", args=[ledger["contract"].pk]),
        reverse("registry:outage-edit", args=[ledger["outage"].pk]),
    ]


@pytest.mark.parametrize("name", SHARED_PAGES)
@pytest.mark.parametrize("person", ["alice", "bob", "audrey", "charlie", "jun"])
def test_lists_open_for_every_member_and_show_only_their_own(request, name, person, client_of, ledger):
    response = client_of(request.getfixturevalue(person)).get(reverse(f"registry:{name}"))
    assert response.status_code == 200
    if person in {"charlie", "jun"}:
        assert SECRET not in response.content.decode()


@pytest.mark.parametrize("name", [*SHARED_PAGES, *NEW_PAGES])
def test_a_visitor_is_asked_to_sign_in(client, db, name):
    response = client.get(reverse(f"registry:{name}"))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


@pytest.mark.parametrize("name", SHARED_PAGES)
def test_empty_lists_teach(name, alice, client_of):
    response = client_of(alice).get(reverse(f"registry:{name}"))
    assert response.status_code == 200


@pytest.mark.parametrize("name", SHARED_PAGES)
def test_pages_speak_english(name, alice, client_of, ledger):
    client = client_of(alice)
    response = client.get(reverse(f"registry:{name}"), HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 200


def test_records_open_for_members_of_the_ward(bob, client_of, ledger):
    client = client_of(bob)
    for page in record_pages(ledger):
        assert client.get(page).status_code == 200, page


@pytest.mark.parametrize("person", ["charlie", "jun"])
def test_records_do_not_exist_for_strangers(request, person, client_of, ledger):
    client = client_of(request.getfixturevalue(person))
    for page in [*record_pages(ledger), *edit_pages(ledger)]:
        assert client.get(page).status_code == 404, page
        assert client.post(page, {}).status_code in {404, 405}, page
    window = reverse("registry:maintenance-cancel", args=[ledger["window"].pk])
    link = reverse("registry:unlink", args=[DataLink.everything.get().pk])
    assert client.post(window).status_code == client.post(link).status_code == 404


def test_a_stranger_cannot_tell_a_hidden_record_from_none(charlie, client_of, ledger):
    client = client_of(charlie)
    hidden = client.get(ledger["system"].get_absolute_url()).content
    absent = client.get(reverse("registry:system", args=[10**9])).content
    assert SECRET.encode() not in hidden
    assert len(hidden) - len(absent) in range(-40, 41)


@pytest.mark.parametrize("person", ["bob", "audrey"])
def test_those_who_only_read_get_no_forms(request, person, client_of, ledger):
    client = client_of(request.getfixturevalue(person))
    for page in edit_pages(ledger):
        assert client.get(page).status_code == 403, page
        assert client.post(page, {}).status_code == 403, page
    for name in NEW_PAGES:
        assert client.get(reverse(f"registry:{name}")).status_code == 403, name
    window = reverse("registry:maintenance-cancel", args=[ledger["window"].pk])
    assert client.post(window).status_code == 403


def test_forms_open_for_an_officer(alice, client_of, ledger):
    client = client_of(alice)
    for page in [*edit_pages(ledger), *(reverse(f"registry:{name}") for name in NEW_PAGES)]:
        assert client.get(page).status_code == 200, page


def test_another_ward_s_organisation_is_no_way_in(charlie, client_of, minato):
    for name in NEW_PAGES:
        page = f"{reverse(f'registry:{name}')}?organisation={minato.code}"
        assert client_of(charlie).get(page).status_code == 403, name


def test_a_system_is_registered_edited_and_retired_by_plain_forms(alice, client_of, minato):
    client = client_of(alice)
    data = {
        "code": "MN-500",
        "name": "文書管理",
        "category": "internal",
        "hosting": "on_premises",
        "network_zone": "lgwan",
        "confidentiality": "2",
        "integrity": "2",
        "availability_level": "2",
        "status": "running",
        "visibility": "own",
        "started_on": "2020-04-01",
    }
    assert client.post(reverse("registry:system-new"), data | {"category": "standard"}).status_code == 422
    response = client.post(reverse("registry:system-new"), data)
    system = InformationSystem.everything.get(code="MN-500")
    assert response.status_code == 302
    assert response["Location"] == system.get_absolute_url()
    assert client.post(reverse("registry:system-new"), data).status_code == 422

    client.post(reverse("registry:system-edit", args=[system.pk]), data | {"name": "文書管理システム"})
    history = client.get(reverse("registry:system-history", args=[system.pk])).content.decode()
    assert "文書管理システム" in history
    assert "システム名" in history

    client.post(reverse("registry:system-retire", args=[system.pk]), {"retired_on": "2026-03-31"})
    system.refresh_from_db()
    assert (system.status, system.retired_on) == ("retired", date(2026, 3, 31))


def test_a_contract_is_added_and_changed_by_plain_forms(alice, client_of, system, vendor):
    client = client_of(alice)
    data = {
        "number": "R8-900",
        "title": "保守",
        "kind": "maintenance",
        "vendor": vendor.pk,
        "starts_on": "2026-04-01",
        "ends_on": "2026-03-31",
        "total_yen": "1000",
        "annual_yen": "1000",
        "renewal_notice_days": "90",
        "visibility": "own",
        "systems": [system.pk],
    }
    assert client.post(reverse("registry:contract-new"), data).status_code == 422
    client.post(reverse("registry:contract-new"), data | {"ends_on": "2027-03-31"})
    contract = Contract.everything.get()
    client.post(
        reverse("registry:contract-edit", args=[contract.pk]), data | {"ends_on": "2028-03-31", "systems": []}
    )
    contract.refresh_from_db()
    assert contract.ends_on == date(2028, 3, 31)
    assert "試験システムMN-001" in client.get(contract.get_absolute_url()).content.decode()


def test_a_system_of_another_ward_cannot_be_slipped_into_a_form(alice, client_of, make_system, shinjuku):
    other = make_system("SJ-001", organisation=shinjuku)
    data = {"system": other.pk, "title": "停止", "started_at": "2026-05-01T09:00", "severity": "full"}
    assert client_of(alice).post(reverse("registry:outage-new"), data).status_code == 422
    assert not Outage.everything.exists()


def test_an_outage_is_noted_and_closed(alice, client_of, system):
    client = client_of(alice)
    data = {"system": system.pk, "title": "停止", "started_at": "2026-05-01T09:00", "severity": "full"}
    client.post(reverse("registry:outage-new"), data)
    outage = Outage.everything.get()
    assert client.post(outage.get_absolute_url(), {"ended_at": "2026-05-01T08:00"}).status_code == 422
    client.post(outage.get_absolute_url(), {"ended_at": "2026-05-01T10:00", "cause": "回線"})
    outage.refresh_from_db()
    assert outage.ended_at == tokyo(2026, 5, 1, 10)


def test_a_change_is_approved_by_another_person(alice, anna, client_of, system):
    client_of(alice).post(
        reverse("registry:change-new"), {"system": system.pk, "title": "更新", "risk": "low"}
    )
    change = Change.everything.get()
    page = change.get_absolute_url()
    assert client_of(alice).post(page, {"step": "approve"}).status_code == 403
    client_of(anna).post(page, {"step": "approve"})
    client_of(alice).post(page, {"step": "complete", "result": "済み"})
    change.refresh_from_db()
    assert (change.status, change.result) == ("done", "済み")
    assert client_of(alice).post(page, {"step": "explode"}).status_code == 400


def test_maintenance_is_planned_and_called_off(alice, client_of, system):
    client = client_of(alice)
    client.post(
        reverse("registry:maintenance-new"),
        {
            "system": system.pk,
            "title": "保守",
            "starts_at": "2026-05-01T22:00",
            "ends_at": "2026-05-02T02:00",
        },
    )
    window = MaintenanceWindow.everything.get()
    assert "保守" in client.get(f"{reverse('registry:maintenance')}?month=2026-05").content.decode()
    client.post(reverse("registry:maintenance-cancel", args=[window.pk]))
    assert not MaintenanceWindow.everything.exists()


def test_a_link_is_drawn_and_removed(alice, client_of, system, make_system):
    client, page = client_of(alice), reverse("registry:system-links", args=[system.pk])
    second = make_system("MN-002")
    data = {"source": system.pk, "target": second.pk, "medium": "file", "frequency": "daily"}
    data |= {"direction": "one_way", "data": "宛名"}
    assert client.post(page, data | {"target": system.pk}).status_code == 422
    client.post(page, data)
    assert "<svg" in client.get(page).content.decode()
    client.post(reverse("registry:unlink", args=[DataLink.everything.get().pk]))
    assert not DataLink.everything.exists()


def test_the_days_of_a_migration_are_recorded(alice, bob, charlie, client_of, minato, resident_area):
    page = reverse("registry:migration-record", args=[minato.code, resident_area.code])
    data = {"state": "migrated", "migrated-actual_on": "2026-01-05"}
    assert client_of(bob).post(page, data).status_code == 403
    assert client_of(charlie).post(page, data).status_code == 403
    assert client_of(alice).post(page, data).status_code == 302
    assert "2026" in client_of(charlie).get(page).content.decode()
    matrix = client_of(charlie).get(f"{reverse('registry:migration')}?as_of=令和8年1月4日").content.decode()
    assert "移行済は0件" in matrix
    assert "移行済は1件" in client_of(charlie).get(reverse("registry:migration")).content.decode()


def test_a_day_that_is_none_is_answered_in_words(alice, client_of):
    response = client_of(alice).get(f"{reverse('registry:migration')}?as_of=2026-02-30")
    assert response.status_code == 200
    assert "2026-02-30" in response.content.decode()
