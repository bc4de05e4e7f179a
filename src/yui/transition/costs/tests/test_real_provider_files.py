"""Every real bill of a provider is taken in, to the last decimal, currency by currency."""

import csv
from collections import defaultdict
from decimal import Decimal

import pytest

from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, fetch_rows
from yui.transition.costs.facts import CHARGES

pytestmark = pytest.mark.django_db
FILES = [
    (
        "aws_cur_anonymised.csv",
        "aws-cur",
        "lineItem/UnblendedCost",
        "lineItem/CurrencyCode",
        "lineItem/LineItemType",
    ),
    ("azure_EA_ActualCost_Small.csv", "azure", "Cost", "BillingCurrency", "ChargeType"),
    ("azure_ea_anonymised.csv", "azure", "CostInBillingCurrency", "BillingCurrencyCode", "ChargeType"),
]


@pytest.mark.parametrize("name, kind, cost, currency, charge_type", FILES)
def test_source_and_lake_add_up_to_the_same(shared_data, take_in, name, kind, cost, currency, charge_type):
    path = shared_data / "costs" / "raw" / name
    total, by_type, rows = defaultdict(Decimal), defaultdict(Decimal), 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rows += 1
            total[row[currency]] += Decimal(row[cost])
            by_type[(row[currency], row[charge_type])] += Decimal(row[cost])
    outcome = take_in(path)
    assert (outcome.kind, outcome.bill.version) == (kind, "1.4")
    assert (outcome.rows_read, outcome.rows_accepted, outcome.rows_rejected) == (rows, rows, 0)
    assert outcome.billed == total
    everything = {"lake": Source(CHARGES, Reach.everything("a test"))}
    stored = fetch_rows("SELECT BillingCurrency, sum(BilledCost) FROM {lake} GROUP BY 1", everything)
    assert dict(stored) == total
    stored = fetch_rows(
        "SELECT BillingCurrency, ChargeCategory, sum(BilledCost), sum(EffectiveCost) "
        "FROM {lake} GROUP BY 1, 2",
        everything,
    )
    assert {(row[0], row[1]): row[2] for row in stored} == by_type
    bought = sum((row[2] for row in stored if row[1] == "Purchase"), Decimal(0))
    assert sum(row[3] for row in stored) == sum(total.values()) - bought


def test_the_tags_of_the_real_azure_bill_name_its_application(shared_data, take_in):
    take_in(shared_data / "costs" / "raw" / "azure_EA_ActualCost_Small.csv")
    found = fetch_rows(
        "SELECT x_tag_application, x_tag_environment, ServiceCategory FROM {lake} "
        "WHERE x_tag_application IS NOT NULL",
        {"lake": Source(CHARGES, Reach.everything("a test"))},
    )
    assert ("databricks", "prod", "Storage") in found
