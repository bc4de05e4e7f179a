"""The portal's pages: open to members, closed to others, and silent about what a reader may not see."""

from datetime import timedelta

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import today
from yui.kernel.events.publish import publish
from yui.kernel.scope.models import Visibility
from yui.registry.models import Contract, ContractKind, Vendor
from yui.transition.costs.models import CostAnomaly

PAGES = ["home", "work", "notifications", "search", "about"]


def _publish(organisation, summary, visibility=Visibility.OWN):
    publish(
        kind="test.thing.changed",
        organisation=organisation,
        subject="yui:test.thing:1",
        summary=summary,
        actor_name="Alice",
        data={},
        visibility=visibility,
    )


@pytest.mark.parametrize("name", PAGES)
def test_members_open_the_page_and_strangers_are_sent_to_sign_in(name, alice, client, client_of):
    address = reverse(f"portal:{name}")
    assert client_of(alice).get(address).status_code == 200
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_home_shows_every_indicator_of_the_three_pillars(alice, client_of):
    page = client_of(alice).get("/").content.decode()
    for title in (
        "IT関連運用経費の対歳出比率",
        "重大なセキュリティインシデントの発生件数",
        "合同研修の開催日数",
    ):
        assert title in page
    assert page.count('class="pillar-column"') == 3


def test_home_shows_only_what_the_reader_may_see(minato, alice, charlie, client_of):
    _publish(minato, "港区だけの出来事")
    _publish(minato, "全区に知らせる出来事", Visibility.WARDS)
    own, other = (client_of(user).get("/").content.decode() for user in (alice, charlie))
    assert "港区だけの出来事" in own
    assert "全区に知らせる出来事" in own
    assert "港区だけの出来事" not in other
    assert "全区に知らせる出来事" in other


def test_the_map_follows_the_chosen_indicator_and_ignores_nonsense(alice, client_of):
    client = client_of(alice)
    assert 'value="2-KPI-1" selected' in client.get("/?indicator=2-KPI-1").content.decode()
    assert 'value="1-KGI-1" selected' in client.get("/?indicator=<script>").content.decode()


def test_a_wards_page_opens_for_all_members_and_unknown_codes_do_not(minato, alice, charlie, client_of):
    address = reverse("portal:ward", args=[minato.code])
    assert client_of(alice).get(address).status_code == 200
    assert client_of(charlie).get(address).status_code == 200
    assert client_of(alice).get(reverse("portal:ward", args=["999999"])).status_code == 404
    assert client_of(alice).get(reverse("portal:ward", args=["JB-SOC"])).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("anna", 200), ("alice", 403), ("bob", 403), ("audrey", 403)])
def test_administration_is_for_administrators(who, status, request, client_of):
    assert client_of(request.getfixturevalue(who)).get(reverse("portal:administration")).status_code == status


@pytest.mark.parametrize(("who", "status"), [("anna", 200), ("audrey", 200), ("alice", 403), ("bob", 403)])
def test_the_ledger_is_for_auditors(who, status, request, client_of):
    assert client_of(request.getfixturevalue(who)).get(reverse("portal:ledger")).status_code == status


def test_the_ledger_shows_own_chains_only(minato, shinjuku, audrey, client_of):
    from yui.kernel.ledger.append import Act, append

    append(minato.code, [Act("user:1|Alice", "test.a.b", "yui:a.b:1", {"summary": "港区の記録"})])
    append(shinjuku.code, [Act("user:2|Charlie", "test.a.b", "yui:a.b:2", {"summary": "新宿区の記録"})])
    page = client_of(audrey).get(reverse("portal:ledger")).content.decode()
    assert "港区の記録" in page
    assert "新宿区の記録" not in page
    assert (
        "港区の記録" not in client_of(audrey).get(reverse("portal:ledger") + "?verb=other").content.decode()
    )


@pytest.mark.parametrize("text", ["", "住民", '"(*', "a" * 5000, "\x00\x1f", "<script>alert(1)</script>"])
def test_search_never_fails_and_never_echoes_markup(text, alice, client_of):
    answer = client_of(alice).get(reverse("portal:search"), {"q": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert client_of(alice).get(reverse("portal:suggest"), {"q": text}).status_code == 200


def test_who_signed_in_is_no_news(minato, alice, bob, client_of):
    publish(
        kind="organisations.session.begin",
        organisation=minato,
        subject="yui:organisations.user:1",
        summary="Bobさんがサインインしました",
        actor_name="Bob",
        data={},
    )
    client = client_of(alice)
    for address in ("/", reverse("portal:notifications")):
        assert "Bobさんがサインイン" not in client.get(address).content.decode()


def test_contracts_that_end_soon_wait_for_those_who_may_edit(
    minato, shinjuku, alice, bob, charlie, client_of
):
    vendor = Vendor.objects.create(organisation=minato, visibility=Visibility.WARDS, name="架空ベンダーA社")
    for organisation, title, days in (
        (minato, "港区の契約", 30),
        (minato, "遠い契約", 200),
        (shinjuku, "新宿の契約", 30),
    ):
        Contract.objects.create(
            organisation=organisation,
            vendor=vendor,
            number=title,
            title=title,
            starts_on=today() - timedelta(days=300),
            ends_on=today() + timedelta(days=days),
            total_yen=1_000_000,
            annual_yen=1_000_000,
            kind=ContractKind.values[0],
        )
    pages = {
        user: client_of(user).get(reverse("portal:work")).content.decode() for user in (alice, bob, charlie)
    }
    assert "港区の契約" in pages[alice]
    assert "遠い契約" not in pages[alice]
    assert "新宿の契約" not in pages[alice]
    assert "港区の契約" not in pages[bob]
    assert "新宿の契約" in pages[charlie]
    assert "港区の契約" not in pages[charlie]


def test_unusual_costs_wait_for_those_who_may_explain_them(minato, alice, bob, charlie, client_of):
    CostAnomaly.objects.create(
        organisation=minato,
        fingerprint="1",
        kind="spike",
        grain="month",
        period="2026-05",
        last_period="2026-05",
        service="港区のサービス",
        currency="USD",
        expected="10",
        usual_spread="1",
        actual="25.5",
        score=15,
        cause="x",
    )
    pages = {
        user: client_of(user).get(reverse("portal:work")).content.decode() for user in (alice, bob, charlie)
    }
    assert "2026-05 港区のサービス" in pages[alice] and "+15.5 USD" in pages[alice]
    assert "港区のサービス" not in pages[bob] + pages[charlie]
