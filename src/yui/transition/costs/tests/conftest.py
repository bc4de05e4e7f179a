"""A lake of its own, small bills to import, and a way to import them."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.transition.costs.models import AllocationRule
from yui.transition.costs.operations.approve_allocation_version import approve_allocation_version
from yui.transition.costs.operations.save_allocation_rule import RuleFields, save_allocation_rule
from yui.transition.costs.operations.save_allocation_version import VersionFields, save_allocation_version
from yui.transition.costs.operations.save_budget_line import BudgetFacts, save_budget_line
from yui.transition.costs.operations.set_exchange_rate import set_exchange_rate
from yui.transition.costs.operations.submit_allocation_version import submit_allocation_version
from yui.transition.costs.operations.take_in_file import take_in_file
from yui.transition.costs.tests.petition_story import draft, story

__all__ = ["draft", "story"]

APRIL = Month(2026, 4)
HEADER = {
    "BilledCost": "10.5",
    "EffectiveCost": "10.5",
    "ListCost": "10.5",
    "ContractedCost": "10.5",
    "BillingCurrency": "JPY",
    "BillingAccountId": "acct-1",
    "BillingAccountName": "港区",
    "BillingPeriodStart": "2026-05-01T00:00:00Z",
    "BillingPeriodEnd": "2026-06-01T00:00:00Z",
    "ChargePeriodStart": "2026-05-01T00:00:00Z",
    "ChargePeriodEnd": "2026-05-02T00:00:00Z",
    "ChargeCategory": "Usage",
    "ChargeClass": "",
    "ChargeDescription": "",
    "InvoiceIssuerName": "架空クラウド",
    "PricingQuantity": "1",
    "PricingUnit": "Hours",
    "ProviderName": "架空クラウド",
    "PublisherName": "架空クラウド",
    "ServiceCategory": "Compute",
    "ServiceName": "仮想サーバー",
    "ResourceId": "vm-1",
    "SubAccountId": "sub-1",
    "Tags": '{"system": "S-1"}',
}


@pytest.fixture
def lake(settings, tmp_path):
    """The lake's folder."""
    settings.LAKE = tmp_path / "lake"
    settings.FILES = tmp_path / "files"
    return settings.LAKE


@pytest.fixture
def bill_file(tmp_path):
    """A function that writes a FOCUS CSV; each row overrides the default cells."""

    def write(*rows, name="bill.csv", without=()) -> Path:
        path = tmp_path / name
        columns = [column for column in HEADER if column not in without]
        extra = [column for row in rows for column in row if column not in HEADER]
        columns += list(dict.fromkeys(extra))
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows([HEADER | row for row in rows or ({},)])
        return path

    return write


@pytest.fixture
def take_in(lake, minato):
    """A function that imports a file, for 港区 by the system unless said otherwise."""

    def run(path, organisation=None, actor=None, **options):
        actor = actor or Actor.system("test")
        return take_in_file(actor, organisation=organisation or minato, path=Path(path), **options)

    return run


@pytest.fixture
def sora(member, soc):
    """An administrator of the 共同CSIRT/SOC."""
    return member("Sora", soc, "administrator")


@pytest.fixture
def joint_bill(take_in, bill_file, soc):
    """A bill of the 共同CSIRT/SOC over 1,001 yen in May 2026, for its system S-1."""
    return take_in(bill_file({"BilledCost": "1001", "EffectiveCost": "1001"}), soc).bill


@pytest.fixture
def in_force(soc):
    """A function that puts a version into force, of a rule over all costs of the SOC unless one is given."""

    def make(weights, rule=None, method="even", first=APRIL, last=None, **more):
        actor = Actor.system("test")
        rule = rule or AllocationRule.objects.owned_by(soc).first()
        rule = rule or save_allocation_rule(actor, organisation=soc, fields=RuleFields("共同口座"))
        fields = VersionFields(first, last, method, "協定による", weights, **more)
        draft = save_allocation_version(actor, rule=rule, fields=fields)
        submit_allocation_version(actor, version=draft)
        return approve_allocation_version(actor, version=draft)

    return make


@pytest.fixture
def bill_of_months(bill_file, take_in):
    """A function that imports one amount for each month, the last in August 2026 unless said otherwise."""

    def run(amounts, *, currency="JPY", account="acct-1", first=None, name="months.csv", organisation=None):
        first = first or Month(2026, 8).shift(1 - len(amounts))
        rows = [
            {
                "BilledCost": str(amount),
                "BillingCurrency": currency,
                "BillingAccountId": account,
                "BillingPeriodStart": f"{month}-01T00:00:00Z",
                "BillingPeriodEnd": f"{month.next()}-01T00:00:00Z",
                "ChargePeriodStart": f"{month}-01T00:00:00Z",
                "ChargePeriodEnd": f"{month.next()}-01T00:00:00Z",
            }
            for step, amount in enumerate(amounts)
            if amount
            for month in [first.shift(step)]
        ]
        return take_in(bill_file(*rows, name=name), organisation).bill

    return run


@pytest.fixture
def budget_of():
    """A function that enters a line of a ward's budget for 2026."""

    def save(ward, amount_yen, **changes):
        facts = {"fiscal_year": 2026, "cost_category": "cloud", "amount_yen": amount_yen} | changes
        return save_budget_line(Actor.system("test"), organisation=ward, facts=BudgetFacts(**facts))

    return save


@pytest.fixture
def odd_costs(bill_of_months):
    """Two years of 港区's bills with a spike in July 2026; called, it imports the same bill once more."""
    amounts = [1000 + step % 3 for step in range(24)]
    amounts[-2] = 2500

    def again():
        return bill_of_months(amounts)

    again()
    return again


@pytest.fixture
def rate(soc):
    """A function that sets the yen for one dollar in a month."""

    def run(month, yen):
        return set_exchange_rate(
            Actor.system("test"),
            organisation=soc,
            currency="USD",
            month=month,
            yen_per_unit=Decimal(yen),
            source="試験",
        )

    return run
