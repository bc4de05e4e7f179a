"""約束と使用: what was promised, what was used, and the register's contracts beside it."""

import csv
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import FiscalYear, Month
from yui.registry.facts import ContractFacts
from yui.registry.operations import add_contract, register_vendor
from yui.transition.costs.queries.commitments import commitments_for, contracts_in_use
from yui.transition.costs.tests.test_bridge_query import MAY, of, rate

pytestmark = pytest.mark.django_db
COMMITMENT = {
    "ContractCommitmentId": "sp-1",
    "ContractCommitmentType": "Savings Plan",
    "ContractCommitmentCategory": "Spend",
    "ContractCommitmentCost": "3000",
    "ContractCommitmentQuantity": "",
    "ContractCommitmentUnit": "",
    "ContractCommitmentDescription": "計算の約束",
    "ContractCommitmentPeriodStart": "2026-05-01T00:00:00Z",
    "ContractCommitmentPeriodEnd": "2026-07-31T00:00:00Z",
    "ContractId": "CONTRACT-1",
    "ContractPeriodStart": "2026-05-01T00:00:00Z",
    "ContractPeriodEnd": "2026-07-31T00:00:00Z",
    "BillingCurrency": "JPY",
}


@pytest.fixture
def promise(take_in, tmp_path):
    def run(*rows, name="commitments.csv", **options):
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COMMITMENT)
            writer.writeheader()
            writer.writerows([COMMITMENT | row for row in rows or ({},)])
        return take_in(path, **options)

    return run


def used(cost, **cells):
    return of(MAY, BilledCost="0", EffectiveCost=cost, CommitmentDiscountId="sp-1", **cells)


def applied(cost, quantity="null"):
    return (
        '{"Elements": [{"ContractId": "CONTRACT-1", "ContractCommitmentId": "sp-1", '
        f'"ContractCommitmentAppliedCost": {cost}, "ContractCommitmentAppliedQuantity": {quantity}}}]}}'
    )


def only(actor):
    (found,) = commitments_for(actor)
    return found


def test_use_is_measured_against_the_days_that_the_bills_cover(promise, take_in, bill_file, system_actor):
    promise()
    take_in(bill_file(used("500", CommitmentDiscountStatus="Used"), used("300", ChargeCategory="Purchase")))
    found = only(system_actor)
    # 31 of 91 days have passed: 1,021.97… yen were promised so far, and 500 of them used.
    assert (found.applied.cost, found.applied.rows) == (500, 1)
    assert found.coverage == Decimal("48.9")
    assert (found.unused_yen, found.is_told) == (522, False)


def test_unused_lines_of_the_provider_count_before_our_own_sum(promise, take_in, bill_file, system_actor):
    promise()
    take_in(
        bill_file(used("500", CommitmentDiscountStatus="Used"), used("77", CommitmentDiscountStatus="Unused"))
    )
    found = only(system_actor)
    assert (found.unused_yen, found.is_told) == (77, True)


def test_applied_contracts_tell_cost_and_quantity(promise, take_in, bill_file, system_actor):
    promise(
        {
            "ContractCommitmentCategory": "Usage",
            "ContractCommitmentQuantity": "910",
            "ContractCommitmentUnit": "Hours",
        }
    )
    take_in(
        bill_file(
            of(MAY, BilledCost="0", ContractApplied=applied("90", "100")),
            of(MAY, BilledCost="0", ContractApplied=applied("null", "55")),
            of(MAY, BilledCost="0", ContractApplied="no json"),
        )
    )
    found = only(system_actor)
    assert (found.applied.cost, found.applied.quantity) == (90, 155)
    assert found.coverage == 50
    assert found.unused_yen == 511


def test_dollars_need_the_rate_of_the_month(promise, take_in, bill_file, system_actor):
    promise({"BillingCurrency": "USD"})
    take_in(bill_file(used("1000", BillingCurrency="USD", CommitmentDiscountStatus="Used")))
    assert only(system_actor).unused_yen is None
    rate(MAY, "150")
    assert only(system_actor).unused_yen == 3297


def test_the_newest_import_of_a_commitment_counts_once(promise, system_actor):
    promise()
    promise({"ContractCommitmentPeriodStart": "2026-06-01T00:00:00Z"}, name="later.csv")
    assert only(system_actor).starts_on == date(2026, 6, 1)


def test_real_commitments_and_their_use(take_in, shared_data, system_actor):
    rate(Month(2026, 5), "150")
    folder = shared_data / "costs" / "focus"
    take_in(folder / "gen3000_focus_1_3_contract_commitment_aws.csv")
    take_in(folder / "gen3000_focus_1_3_cost_and_usage_aws.csv")
    found = commitments_for(system_actor)
    assert found and any(each.applied.rows for each in found)
    told = [each for each in found if each.is_told]
    assert told and all(each.unused_yen is not None for each in told)


@pytest.fixture
def contract(minato, system_actor):
    vendor = register_vendor(system_actor, organisation=minato, name="架空ベンダー")
    return add_contract(
        system_actor,
        organisation=minato,
        facts=ContractFacts(
            number="K-1",
            title="保守の契約",
            kind="maintenance",
            vendor=vendor,
            starts_on=date(2026, 4, 1),
            ends_on=date(2027, 3, 31),
            total_yen=1_000_000,
            annual_yen=1_000_000,
            systems=frozenset(),
        ),
    )


LEDGER = """年度,団体コード,会計,契約番号,事業者,経費区分,税込額,支払日,件名
2026,131032,一般会計,K-1,架空ベンダー,ソフトウェア利用・保守,"250,000",2026-05-20,保守
2026,131032,一般会計,K-9,架空ベンダー,その他,"40,000",2026-05-20,その他
"""


@pytest.fixture
def ledger(take_in, tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text(LEDGER, encoding="utf-8")
    return take_in(path)


def test_contracts_stand_beside_what_was_paid(contract, ledger, minato, system_actor):
    day = date(2027, 1, 31)
    known, unknown = contracts_in_use(system_actor, minato, FiscalYear(2026), day)
    assert (known.number, known.billed, known.share, known.days_left) == ("K-1", 250_000, 25, 59)
    assert known.ends_soon
    assert (unknown.number, unknown.contract, unknown.billed) == ("K-9", None, 40_000)
    early = contracts_in_use(system_actor, minato, FiscalYear(2026), day - timedelta(days=200))
    assert not early[0].ends_soon
    later = contracts_in_use(system_actor, minato, FiscalYear(2028), day)
    assert later == []


def test_the_page_shows_both_and_leads_down(client_of, alice, promise, take_in, bill_file, contract, ledger):
    promise()
    take_in(
        bill_file(used("500", CommitmentDiscountStatus="Used"), used("7", CommitmentDiscountStatus="Unused"))
    )
    client = client_of(alice)
    page = client.get(f"{reverse('costs:commitments')}?year=2026").content.decode()
    assert "style=" not in page
    for text in ("計算の約束", "48.9%", "保守の契約", "250,000円", "台帳にない", "K-9"):
        assert text in page
    base = f"{reverse('costs:behind')}?ward=131032"
    assert "500" in client.get(f"{base}&commitment=sp-1").content.decode()
    unused = client.get(f"{base}&commitment=sp-1&part=unused").content.decode()
    assert "<td>7</td>" in unused and "<td>500</td>" not in unused
    assert "250000" in client.get(f"{base}&contract=K-1&year=2026").content.decode()
    text = client.get(reverse("costs:commitments-export", args=["csv"])).content.decode("utf-8-sig")
    assert '131032,sp-1,CONTRACT-1,計算の約束,2026-05-01,2026-07-31,"3,000 JPY",500 JPY,48.9,7' in text


def test_without_commitments_the_page_teaches(client_of, alice, lake, ledger, client):
    assert (
        "クラウドの約束の記録がありません"
        in client_of(alice).get(reverse("costs:commitments")).content.decode()
    )
    assert client.get(reverse("costs:commitments")).status_code == 302


def test_a_stranger_finds_nothing(client_of, charlie, promise, take_in, bill_file, contract, ledger):
    promise()
    take_in(bill_file(used("500", CommitmentDiscountStatus="Used")))
    client = client_of(charlie)
    page = client.get(f"{reverse('costs:commitments')}?ward=131032&year=2026").content.decode()
    assert "計算の約束" not in page and "K-9" not in page
    base = f"{reverse('costs:behind')}?ward=131032"
    for query in ("commitment=sp-1", "contract=K-1"):
        assert client.get(f"{base}&{query}").status_code == 404
    assert client.get(reverse("costs:commitments-export", args=["csv"]) + "?ward=131032").status_code == 404
