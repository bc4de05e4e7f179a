"""From bills to a bridge: items, rates, natures, and nobody else's lines."""

from decimal import Decimal

import pytest

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.transition.costs.engine.bridge import Effect, Nature
from yui.transition.costs.models import ExchangeRate
from yui.transition.costs.operations.map_system import map_system
from yui.transition.costs.queries.bridge import (
    Question,
    Span,
    bridge_for,
    key_from,
    key_values,
    lines_of_item,
)

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = Month(2026, 5), Month(2026, 6), Month(2026, 7)
SYSTEM = Actor.system("test")


def of(month, **cells):
    return {
        "BillingPeriodStart": f"{month}-01T00:00:00Z",
        "BillingPeriodEnd": f"{month.next()}-01T00:00:00Z",
        "SkuId": "sku-1",
        **cells,
    }


def rate(month, yen):
    ExchangeRate.objects.create(
        currency="USD", month=str(month), yen_per_unit=Decimal(yen), source="試験", set_by="試験"
    )


def question(**options):
    return Question(**({"before": Span(MAY, MAY), "after": Span(JUNE, JUNE)} | options))


def effects(row):
    return {effect: amount for effect, amount in row.effects.items() if amount}


def ask(**options):
    answer = bridge_for(SYSTEM, question(**options))
    assert answer.bridge is not None, answer.missing
    return answer.bridge


def test_quantity_price_and_rate_are_told_apart(take_in, bill_file):
    rate(MAY, "100")
    rate(JUNE, "120")
    dollars = {"BillingCurrency": "USD"}
    take_in(
        bill_file(
            of(MAY, BilledCost="60", PricingQuantity="6", **dollars),
            of(MAY, BilledCost="40", PricingQuantity="4", **dollars),
            of(JUNE, BilledCost="240", PricingQuantity="20", **dollars),
        )
    )
    row = ask().total()
    assert (row.before, row.after) == (10_000, 28_800)
    assert effects(row) == {Effect.VOLUME: 12134, Effect.PRICE: 3333, Effect.EXCHANGE: 3333}


def test_other_charges_stand_apart(take_in, bill_file):
    take_in(
        bill_file(
            of(MAY, BilledCost="100"),
            of(JUNE, BilledCost="100"),
            of(JUNE, BilledCost="10", ChargeCategory="Tax"),
            of(JUNE, BilledCost="-30", ChargeCategory="Credit"),
            of(JUNE, BilledCost="-5", ChargeClass="Correction"),
            of(JUNE, BilledCost="900", ChargeCategory="Purchase", ChargeFrequency="One-Time"),
            of(JUNE, BilledCost="7", ServiceName="新しいサービス"),
            of(JUNE, BilledCost="8", Tags='{"system": "S-9"}'),
        )
    )
    assert effects(ask().total()) == {
        Effect.TAX: 10,
        Effect.CREDIT: -30,
        Effect.CORRECTION: -5,
        Effect.ONE_OFF: 900,
        Effect.SERVICES: 7,
        Effect.SYSTEMS: 8,
    }


def test_a_missing_rate_gives_no_figure(take_in, bill_file):
    rate(MAY, "100")
    take_in(bill_file(of(MAY, BillingCurrency="USD"), of(JUNE, BillingCurrency="USD")))
    answer = bridge_for(SYSTEM, question())
    assert answer.bridge is None
    assert answer.missing == ("USD 2026-06",)


def test_months_of_one_span_have_their_own_rates(take_in, bill_file):
    rate(MAY, "100")
    rate(JUNE, "200")
    rate(JULY, "150")
    take_in(bill_file(*(of(month, BilledCost="10", BillingCurrency="USD") for month in (MAY, JUNE, JULY))))
    row = ask(before=Span(MAY, JUNE), after=Span(JULY, JULY)).total()
    assert (row.before, row.after) == (3000, 1500)
    assert effects(row) == {Effect.VOLUME: -1500}


LEDGER = """年度,団体コード,会計,款項目,節細節,契約番号,事業者,業務コード,経費区分,税込額,支払日,件名
2026,131032,一般会計,総務費,委託料,K-1,架空ベンダー,住記,ソフトウェア利用・保守,"100,000",2026-05-20,5月分保守料
2026,131032,一般会計,総務費,委託料,K-1,架空ベンダー,住記,ソフトウェア利用・保守,"120,000",2026-06-20,6月分保守料
2026,131032,一般会計,総務費,委託料,K-2,架空ベンダー,住記,その他,"5,000,000",2026-06-25,データ移行の委託
"""


def test_payments_of_a_contract_are_one_item_and_migration_is_paid_once(take_in, tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text(LEDGER, encoding="utf-8")
    take_in(path)
    assert effects(ask().total()) == {Effect.PRICE: 20_000, Effect.ONE_OFF: 5_000_000}


def test_filters_and_system_mappings_hold(take_in, bill_file, minato, system_actor):
    take_in(
        bill_file(
            of(MAY, BilledCost="100"),
            of(JUNE, BilledCost="150"),
            of(JUNE, BilledCost="1", Tags="{}", SubAccountId="sub-9"),
            of(MAY, BilledCost="2", Tags="{}", SubAccountId="sub-9"),
        )
    )
    assert effects(ask(system="S-1").total()) == {Effect.PRICE: 50}
    assert effects(ask(system="").total()) == {Effect.PRICE: -1}
    map_system(system_actor, organisation=minato, column="SubAccountId", value="sub-9", system_code="S-1")
    assert effects(ask(system="S-1").total()) == {Effect.PRICE: 49}
    assert effects(ask(category="line").total()) == {}
    assert effects(ask(ward="131041").total()) == {}


def test_every_item_opens_down_to_its_lines(take_in, bill_file, minato):
    take_in(
        bill_file(
            of(MAY, BilledCost="100"),
            of(MAY, BilledCost="50"),
            of(JUNE, BilledCost="200"),
            of(JUNE, BilledCost="3", ChargeCategory="Tax"),
        )
    )
    found = ask()
    (regular,) = [each.item for each in found.contributions if each.item.key.nature is Nature.REGULAR]
    assert key_from(key_values(regular.key)) == regular.key
    counts = [lines_of_item(minato, Span(m, m), regular.key).count(SYSTEM) for m in (MAY, JUNE)]
    assert counts == [2, 1] == [regular.before.rows, regular.after.rows]
    (line,) = lines_of_item(minato, Span(JUNE, JUNE), regular.key).rows(SYSTEM, 0, 10)
    assert "200" in line.cells


def test_the_totals_are_those_of_the_roll_up(take_in, bill_file, shared_data):
    rate(Month(2026, 5), "150")
    outcome = take_in(shared_data / "costs" / "focus" / "gen3000_focus_1_3_cost_and_usage_aws.csv")
    row = ask(before=Span(Month(2026, 4), Month(2026, 4)), after=Span(MAY, MAY)).total()
    assert row.before == 0
    assert row.after == round(outcome.billed["USD"] * 150)
    assert sum(row.effects.values()) == row.after


def test_nobody_adds_up_the_lines_of_another_ward(take_in, bill_file, charlie, alice, actor_of, minato):
    take_in(bill_file(of(MAY, BilledCost="100"), of(JUNE, BilledCost="150")))
    assert bridge_for(actor_of(alice), question()).rows == 2
    stranger = actor_of(charlie)
    assert bridge_for(stranger, question()).rows == 0
    (one,) = bridge_for(actor_of(alice), question()).bridge.contributions
    assert lines_of_item(minato, Span(MAY, MAY), one.item.key).count(stranger) == 0
