"""Bills of the providers go the whole way: recognised, shown, taken in, corrected, never counted twice."""

import gzip
from decimal import Decimal

import pytest
from django.urls import reverse

from yui.kernel.exchange.errors import FileRefused
from yui.kernel.policy import Actor
from yui.transition.costs.models import BillImport, BillPart
from yui.transition.costs.operations.take_in_file import KINDS, preview_file
from yui.transition.costs.queries.monthly import costs_visible_to, summarise
from yui.transition.costs.tests.provider_files import (
    AWS,
    AZURE,
    MCA,
    OCI,
    csv_bytes,
    json_lines,
    sakura_bytes,
)
from yui.transition.costs.tests.test_intakes import upload

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
FILES = {
    "aws-cur": csv_bytes(AWS),
    "azure": csv_bytes(AZURE),
    "gcp": json_lines(),
    "oci": csv_bytes(OCI),
    "sakura": sakura_bytes(),
}


@pytest.fixture
def written(tmp_path):
    """A function that writes bytes to a file of its own."""

    def write(data, name="bill"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize("kind", FILES)
def test_a_bill_is_recognised_with_and_without_its_kind(take_in, written, minato, kind):
    path = written(FILES[kind])
    seen = preview_file(SYSTEM, organisation=minato, path=path)
    assert (seen.kind, seen.bill) == (kind, None)
    assert not BillImport.objects.unscoped("test").exists()
    taken = take_in(path, kind=kind)
    assert (taken.kind, taken.billed, taken.bill.kind) == (kind, seen.billed, kind)
    assert take_in(path).is_new is False
    zipped = take_in(written(gzip.compress(FILES[kind] + b"\n", mtime=0), "bill.gz"))
    assert (zipped.kind, zipped.billed) == (kind, seen.billed)
    assert kind in KINDS


def test_the_system_of_each_line_comes_from_its_tag(take_in, written):
    for number, data in enumerate(FILES.values()):
        take_in(written(data, f"bill-{number}"))
    systems = {cell.key for cell in summarise(costs_visible_to(SYSTEM), ("provider", "system"))}
    assert systems == {
        ("AWS", "S-1"),
        ("Microsoft", "S-1"),
        ("Google Cloud", "S-1"),
        ("Oracle", "S-1"),
        ("さくらのクラウド", ""),
    }


def test_a_corrected_bill_takes_the_place_of_the_same_account_and_month(take_in, written):
    first = take_in(written(csv_bytes(AZURE, {}, {"BillingPeriodStartDate": "04/01/2026"}), "first.csv")).bill
    take_in(written(csv_bytes(AZURE, {"CostInBillingCurrency": "100"}), "corrected.csv"))
    cells = summarise(costs_visible_to(SYSTEM), ("month",))
    assert {cell.key[0]: cell.amounts["JPY"] for cell in cells} == {"2026-04": 240, "2026-05": 100}
    parts = BillPart.objects.unscoped("test").filter(bill=first, superseded_at__isnull=True)
    assert [part.month for part in parts] == ["2026-04"]


def test_the_actual_and_the_amortised_export_are_never_added_up(take_in, written):
    covered = {"PricingModel": "Reservation", "ReservationId": "r-1"}
    take_in(written(csv_bytes(AZURE, covered | {"ChargeType": "Purchase"}, {}), "actual.csv"))
    take_in(written(csv_bytes(AZURE, covered, {}), "amortised.csv"))
    (cell,) = summarise(costs_visible_to(SYSTEM), ("month",), "effective")
    assert cell.amounts == {"JPY": Decimal(480)}


def test_profiles_of_one_account_do_not_replace_each_other(take_in, written):
    take_in(written(csv_bytes(MCA), "one.csv"))
    take_in(written(csv_bytes(MCA, {"billingProfileId": "profile-2"}), "two.csv"))
    (cell,) = summarise(costs_visible_to(SYSTEM), ("month",))
    assert cell.amounts == {"JPY": Decimal(450)}


def test_tags_of_aws_that_differ_by_case_alone_are_two_tags(take_in, written):
    data = csv_bytes(AWS | {"resourceTags/user:system": "S-9", "resourceTags/user:System": ""})
    assert take_in(written(data)).kind == "aws-cur"
    assert summarise(costs_visible_to(SYSTEM), ("system",))[0].key == ("S-9",)


def test_a_refused_bill_leaves_nothing(take_in, written, lake):
    with pytest.raises(FileRefused):
        take_in(written(csv_bytes(AWS, without=["lineItem/UnblendedCost"])))
    assert not BillImport.objects.unscoped("test").exists()
    assert not list(lake.rglob("*.parquet"))


def test_the_page_shows_a_providers_bill_before_it_is_taken_in(client_of, alice, written, lake):
    client = client_of(alice)
    page = client.post(reverse("costs:import"), upload(written(json_lines({}, {"cost": "x"})), "gcp.json"))
    text = page.content.decode()
    assert "10.25 JPY" in text and "cost" in text
    assert client.post(reverse("costs:import-apply"), follow=True).status_code == 200
    assert BillImport.objects.unscoped("test").get().kind == "gcp"
