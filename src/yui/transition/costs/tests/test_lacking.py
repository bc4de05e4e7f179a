"""Where the ratio has no figure, the reader is told what to bring in, in the tree and on the page."""

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.measures.values import MeasureScope
from yui.transition.costs.measures import it_expenditure_ratio, it_expenditure_ratio_fx_neutral
from yui.transition.costs.models import TotalExpenditure

pytestmark = pytest.mark.django_db
MAY = Period.of_month(Month(2026, 5))


def test_each_missing_record_is_named_with_its_remedy(take_in, bill_file, minato):
    scope = MeasureScope(minato)
    assert [sentence[:14] for sentence in it_expenditure_ratio.what_lacks(scope, MAY)] == [
        "この期間の請求がありません。"
    ]
    take_in(bill_file({"BillingCurrency": "USD"}))
    rates, totals = it_expenditure_ratio.what_lacks(MeasureScope(None), MAY)
    assert "USD 2026-05" in rates
    assert "港区" in totals
    TotalExpenditure.objects.create(
        organisation=minato, fiscal_year=2026, kind="budget", amount_yen=5, source="架空", visibility="public"
    )
    assert it_expenditure_ratio.what_lacks(scope, MAY) == (rates,)


def test_the_tree_and_the_page_say_so(take_in, bill_file, alice, client_of):
    take_in(bill_file({}))
    client = client_of(alice)
    rows = client.get("/api/v1/indicators?month=2026-05").json()
    row = next(row for row in rows if row["code"] == "1-KGI-1")
    assert row["value"] is None
    assert "歳出総額がありません(港区)" in row["note"]
    page = client.get(reverse("indicators:indicator", args=["1-kgi-1"]) + "?month=2026-05")
    assert "歳出総額がありません(港区)" in page.content.decode()


def test_the_ratio_at_constant_rates_asks_for_its_base(take_in, bill_file, minato):
    take_in(bill_file({"BillingCurrency": "USD"}))
    sentences = it_expenditure_ratio_fx_neutral.what_lacks(MeasureScope(minato), MAY)
    assert sentences[0].startswith("基準の為替レートがありません(USD)")
