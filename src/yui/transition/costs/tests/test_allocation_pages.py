"""The pages of allocation: from a draft to the lines, seen by those concerned and by nobody else."""

from decimal import Decimal

import pytest
from django.urls import reverse

from yui.transition.costs.models import AllocatedCost, AllocationRule, AllocationRuleVersion

pytestmark = pytest.mark.django_db
LISTS = [
    "business",
    "unit-costs",
    "allocated-costs",
    "allocation-rules",
    "residents",
    "usage",
    "account-uses",
]


@pytest.fixture
def share(joint_bill, in_force, minato, soc):
    in_force({minato: Decimal(3), soc: Decimal(1)}, method="weight")
    return AllocatedCost.objects.owned_by(minato).get()


def version_form(**changes):
    form = {
        "valid_from": "2026-05",
        "valid_to": "",
        "method": "weight",
        "reason": "協定",
        "receives_131032": "on",
        "weight_131032": "2",
        "receives_131041": "on",
    }
    return form | changes


@pytest.mark.parametrize("name", LISTS)
def test_pages_open_with_and_without_records(client_of, alice, bob, jun, lake, name, request):
    assert client_of(alice).get(reverse(f"costs:{name}")).status_code == 200
    request.getfixturevalue("share")
    for user in (alice, bob, jun):
        page = client_of(user).get(reverse(f"costs:{name}"))
        assert page.status_code == 200
        assert "style=" not in page.content.decode()


def test_a_rule_is_made_drafted_and_approved_by_two_people(client_of, joint_bill, jun, sora, soc):
    client = client_of(jun)
    rule = {"organisation": soc.code, "name": "共同口座", "account": "acct-1"}
    made = client.post(reverse("costs:allocation-rule-new"), rule)
    found = AllocationRule.objects.unscoped("test").get()
    assert made["Location"] == found.get_absolute_url()
    refused = client.post(reverse("costs:allocation-rule-new"), rule)
    assert refused.status_code == 422 and "同じ費用を対象とするルール" in refused.content.decode()
    new = reverse("costs:allocation-version-new", args=[found.pk])
    assert client.get(new).status_code == 200
    for changes, text in (
        ({"reason": ""}, "必須"),
        ({"valid_from": "らいげつ"}, "2026-11"),
        ({"receives_131032": "", "receives_131041": ""}, "受ける団体を一つ以上"),
        ({"method": "usage"}, "使用量の名前が要ります"),
        ({"method": "mixed", "percent_even": "50"}, "100%"),
    ):
        page = client.post(new, version_form(**changes))
        assert page.status_code == 422 and text in page.content.decode(), changes
    client.post(new, version_form())
    version = AllocationRuleVersion.objects.unscoped("test").get()
    page = client.get(version.get_absolute_url()).content.decode()
    assert "合計が一致しています" in page and "667 JPY" in page and "334 JPY" in page and "試算" in page
    edit = reverse("costs:allocation-version-edit", args=[version.pk])
    assert 'value="2"' in client.get(edit).content.decode()
    client.post(edit, version_form(weight_131032="3"))

    def step(user, name, **data):
        return client_of(user).post(
            reverse("costs:allocation-step", args=[version.pk, name]), data, follow=True
        )

    step(jun, "submit")
    assert step(jun, "approve").status_code == 403
    assert "理由を書いてください" in step(sora, "reject", because="").content.decode()
    step(sora, "reject", because="見直し")
    assert "見直し" in client.get(version.get_absolute_url()).content.decode()
    step(jun, "submit")
    step(jun, "withdraw")
    step(jun, "submit")
    assert "承認する" in client_of(sora).get(version.get_absolute_url()).content.decode()
    step(sora, "approve")
    assert AllocatedCost.objects.unscoped("test").count() == 2
    assert step(sora, "dance").status_code == 400
    assert "読めません" in step(sora, "retire", because="x", last_month="x").content.decode()
    step(sora, "retire", because="終了")
    assert not AllocatedCost.objects.unscoped("test").exists()


def test_a_receiver_goes_from_the_figure_to_the_lines_in_three_steps(client_of, alice, share):
    client = client_of(alice)
    page = client.get(reverse("costs:business")).content.decode()
    cell = f"{reverse('costs:business-lines')}?ward=131032&area=other&month=2026-05"
    assert cell.replace("&", "&amp;") in page
    parts = client.get(cell).content.decode()
    assert share.get_absolute_url() in parts and "751 JPY" in parts
    lines = client.get(share.get_absolute_url()).content.decode()
    assert "1,001 JPY" in lines and share.version.get_absolute_url() in lines
    version = client.get(share.version.get_absolute_url()).content.decode()
    assert "75.0000%" in version and "751 JPY" in version
    # What the others bear, and the whole, are for the owner.
    assert "250 JPY" not in version and "1,001 JPY" not in version


def test_strangers_find_nothing_of_a_shared_cost(client_of, charlie, share, minato):
    client = client_of(charlie)
    version = share.version
    for address in (
        share.get_absolute_url(),
        version.get_absolute_url(),
        version.rule.get_absolute_url(),
        reverse("costs:business-lines") + "?ward=131032&area=other&month=2026-05",
    ):
        assert client.get(address).status_code == 404
    for name, pk in (
        ("allocation-rule-edit", version.rule_id),
        ("allocation-version-new", version.rule_id),
        ("allocation-version-edit", version.pk),
    ):
        assert client.post(reverse(f"costs:{name}", args=[pk]), {}).status_code == 404
    address = reverse("costs:allocation-step", args=[version.pk, "retire"])
    assert client.post(address, {"because": "x"}).status_code == 404
    # What a ward bears per resident is shown to all wards, like the indicators; nothing else is.
    for name in set(LISTS) - {"unit-costs"}:
        text = client.get(reverse(f"costs:{name}")).content.decode()
        assert "共同口座" not in text and "751" not in text, name
    for address in ("allocated-focus", "business-export", "unit-costs-export"):
        args = ["csv"] if address.endswith("export") else []
        answer = client.get(reverse(f"costs:{address}", args=args))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"751" not in body or address == "unit-costs-export"


def test_receivers_only_read(client_of, alice, anna, share):
    version = share.version
    for user in (alice, anna):
        client = client_of(user)
        assert client.get(reverse("costs:allocation-version-new", args=[version.rule_id])).status_code == 403
        assert client.get(reverse("costs:allocation-rule-edit", args=[version.rule_id])).status_code == 403
        address = reverse("costs:allocation-step", args=[version.pk, "retire"])
        assert client.post(address, {"because": "x"}).status_code == 403
        page = client.get(version.get_absolute_url()).content.decode()
        assert "廃止する" not in page and "変更の履歴" not in page
    assert AllocatedCost.objects.unscoped("test").count() == 2


def test_the_rule_page_says_which_months_it_could_not_divide(client_of, jun, joint_bill, in_force, minato):
    version = in_force({minato: Decimal(1)}, method="population")
    page = client_of(jun).get(version.rule.get_absolute_url()).content.decode()
    assert "2026-05" in page and "分けられなかった月" in page
    page = client_of(jun).get(version.get_absolute_url() + "?month=2026-05").content.decode()
    assert "人口がない団体があります(港区)" in page
    assert client_of(jun).get(version.get_absolute_url() + "?month=x").status_code == 404


def test_files_of_the_pages_hold_the_rows(client_of, alice, jun, share):
    client = client_of(alice)
    for address in (
        reverse("costs:business-export", args=["csv"]),
        reverse("costs:unit-costs-export", args=["csv"]),
    ):
        body = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
        assert "131032" in body and "751" in body
    for name in ("business-export", "unit-costs-export"):
        assert client.get(reverse(f"costs:{name}", args=["xlsx"])).content.startswith(b"PK")
        assert client.get(reverse(f"costs:{name}", args=["exe"])).status_code == 404
    own = client.get(reverse("costs:allocated-focus")).content.decode()
    assert own.count("\n") == 2 and "yui-allocation-" in own
    both = client_of(jun).get(reverse("costs:allocated-focus") + "?month=2026-05").content.decode()
    assert both.count("\n") == 3
    assert client.get(reverse("costs:allocated-focus") + "?month=x").status_code == 404


def test_accounts_are_said_to_be_used_jointly(client_of, alice, bob, take_in, bill_file):
    take_in(bill_file({}))
    form = {"organisation": "131032", "provider": "架空クラウド", "account": "acct-1", "use_form": "joint"}
    assert client_of(bob).post(reverse("costs:account-uses"), form).status_code == 403
    assert client_of(alice).post(reverse("costs:account-uses"), form).status_code == 302
    assert client_of(alice).get(reverse("costs:account-uses")).content.decode().count("共同利用方式") > 2


def test_rules_and_shares_are_read_by_programs(client_of, alice, charlie, share):
    client = client_of(alice)
    (rule,) = client.get("/api/v1/allocation-rules").json()["items"]
    assert rule["versions"][0]["receivers"][0] == {"organisation_code": "131032", "weight": "3"}
    (found,) = client.get("/api/v1/allocated-costs?month=2026-05").json()["items"]
    assert (found["billed"], found["ratio"]) == ("751", "0.75")
    borne = client.get("/api/v1/costs-after-allocation?by=ward,use").json()["items"]
    assert borne[0]["group"] == {"ward": "131032", "use": "joint"} and borne[0]["yen"] == "751"
    for query in ("by=colour", "metric=x", "first_month=x"):
        assert client.get(f"/api/v1/costs-after-allocation?{query}").status_code == 404
    for path in ("allocation-rules", "allocated-costs", "costs-after-allocation"):
        assert client_of(charlie).get(f"/api/v1/{path}").json()["items"] == []


def test_renaming_a_rule_needs_no_new_version(client_of, jun, share, soc):
    rule = share.version.rule
    edit = reverse("costs:allocation-rule-edit", args=[rule.pk])
    assert client_of(jun).get(edit).status_code == 200
    form = {"organisation": soc.code, "name": "新しい名称"}
    assert client_of(jun).post(edit, form)["Location"] == rule.get_absolute_url()
    assert client_of(jun).post(edit, form | {"account": "x"}).status_code == 422
