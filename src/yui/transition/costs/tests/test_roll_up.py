"""The roll-up is the lake's own sum to the last decimal, under every metric."""

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.policy import Actor
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.formats.errors import AmountTooLarge
from yui.transition.costs.models import AmortisedCost, BillImport, MonthlyCost
from yui.transition.costs.operations.withdraw_bill import withdraw_bill
from yui.transition.costs.queries.monthly import METRICS, costs_visible_to, summarise
from yui.transition.costs.tests.test_ledger import HEADING, line

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=18, allow_nan=False, allow_infinity=False)
lines = st.lists(
    st.tuples(amounts, amounts, st.sampled_from(["JPY", "USD"]), st.sampled_from(["S-1", "S-2", ""])),
    min_size=1,
    max_size=12,
)


def in_lake(column):
    query = f"SELECT BillingCurrency, sum({column}) FROM {{lake}} GROUP BY 1"
    return dict(fetch_rows(query, {"lake": Source(CHARGES, Reach.everything("a test"))}))


def rolled_up(metric, by=("ward",)):
    found = defaultdict(Decimal)
    for cell in summarise(costs_visible_to(SYSTEM, metric=metric), by, metric):
        for currency, amount in cell.amounts.items():
            found[currency] = EXACT.add(found[currency], amount)
    return dict(found)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines)
def test_the_roll_up_is_the_sum_of_the_lines(take_in, bill_file, rows):
    bill = take_in(
        bill_file(
            *(
                {
                    "BilledCost": f"{billed:f}",
                    "EffectiveCost": f"{effective:f}",
                    "BillingCurrency": currency,
                    "Tags": f'{{"system": "{system}"}}' if system else "",
                }
                for billed, effective, currency, system in rows
            )
        )
    ).bill
    assert (
        rolled_up("billed") == rolled_up("billed", ("system", "month", "category")) == in_lake("BilledCost")
    )
    assert rolled_up("effective") == rolled_up("amortised") == in_lake("EffectiveCost")
    if bill.is_standing:
        withdraw_bill(SYSTEM, bill=bill, because="次の例のため")
    assert not MonthlyCost.objects.unscoped("test").exists()
    assert not AmortisedCost.objects.unscoped("test").exists()


def by_month(metric):
    cells = summarise(costs_visible_to(SYSTEM, metric=metric), ("month",), metric)
    return {cell.key[0]: cell.amounts["JPY"] for cell in cells}


def test_a_payment_is_spread_over_the_months_that_it_pays_for(take_in, tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text(HEADING + line(amount="365001", period="2026-04〜2027-03") + line(amount="7"), "utf-8")
    take_in(path)
    assert by_month("billed") == by_month("effective") == {"2026-05": 365_008}
    spread = by_month("amortised")
    assert list(spread) == [f"2026-{n:02d}" for n in range(4, 13)] + ["2027-01", "2027-02", "2027-03"]
    assert sum(spread.values()) == 365_008
    assert (spread["2026-04"], spread["2026-05"], spread["2027-02"]) == (30_000, 31_008, 28_000)


def test_a_sum_beyond_all_bills_is_refused_and_leaves_nothing(take_in, bill_file):
    with pytest.raises(AmountTooLarge):
        take_in(bill_file({"BilledCost": "99999999999999999999"}))
    assert not BillImport.objects.unscoped("test").exists()
    assert {metric: by_month(metric) for metric in METRICS} == {metric: {} for metric in METRICS}
