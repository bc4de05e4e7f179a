"""The costs say what moved the bill, and count what nobody has explained."""

from decimal import Decimal

import pytest

from yui.kernel.calendar_jp import Month
from yui.kernel.explanations.registry import Topic
from yui.kernel.measures.values import MeasureScope
from yui.transition.costs.explaining import explain
from yui.transition.costs.models import CostAnomaly, ExchangeRate

pytestmark = pytest.mark.django_db
MAY, JUNE = Month(2026, 5), Month(2026, 6)


def of(month, **cells):
    """A line of a bill in dollars."""
    return {
        "BillingPeriodStart": f"{month}-01T00:00:00Z",
        "BillingPeriodEnd": f"{month.next()}-01T00:00:00Z",
        "SkuId": "sku-1",
        "ServiceName": "港区だけのサービス",
        "BillingCurrency": "USD",
        **cells,
    }


@pytest.fixture
def bills(take_in, bill_file):
    """Twice the quantity at a dearer dollar."""
    for month, yen in ((MAY, 100), (JUNE, 120)):
        ExchangeRate.objects.create(
            currency="USD", month=str(month), yen_per_unit=Decimal(yen), source="試験", set_by="試験"
        )
    return take_in(
        bill_file(
            of(MAY, BilledCost="100", PricingQuantity="10"),
            of(JUNE, BilledCost="240", PricingQuantity="20"),
        )
    )


def test_the_largest_reasons_are_told_in_yen(bills, alice, minato, actor_of):
    said = explain(actor_of(alice), MeasureScope(minato), JUNE)
    assert [(each.code, each.topic) for each in said] == [("bill", Topic.CHANGE)]
    assert said[0].text.startswith("請求額は28,800円(前月比+18,800円)でした。おもな理由: 使った量 +")
    assert "為替 +" in said[0].text and "単価 +" in said[0].text and said[0].weight == 95
    assert explain(actor_of(alice), MeasureScope(minato), MAY) == []


def test_the_stranger_hears_sums_of_all_wards_and_nothing_of_one(bills, charlie, minato, actor_of):
    assert explain(actor_of(charlie), MeasureScope(minato), JUNE) == []
    joint = explain(actor_of(charlie), MeasureScope(), JUNE)
    assert "28,800円" in joint[0].text and "港区" not in joint[0].text


def test_unexplained_changes_up_to_the_month_are_a_risk(minato, alice, charlie, actor_of):
    common = {"kind": "spike", "grain": "month", "currency": "JPY", "expected": "1", "usual_spread": "1"}
    for number, period in enumerate(("2026-05", "2026-06", "2026-07")):
        CostAnomaly.objects.create(
            organisation=minato,
            fingerprint=str(number),
            period=period,
            last_period=period,
            actual="9",
            score=9,
            cause="x",
            service="港区だけのサービス",
            **common,
        )
    own = explain(actor_of(alice), MeasureScope(minato), JUNE)
    assert [(each.topic, each.text) for each in own] == [
        (Topic.RISK, "説明のついていない増減が2件あります。")
    ]
    assert explain(actor_of(charlie), MeasureScope(minato), JUNE) == []
    assert explain(actor_of(charlie), MeasureScope(), JUNE)[0].text == own[0].text
