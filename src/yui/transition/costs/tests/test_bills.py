"""Importing twice changes nothing, a correction takes the old one's place, and both stay explained."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.ledger.history import history_of
from yui.kernel.ledger.models import Entry
from yui.kernel.links import urn
from yui.kernel.policy import Actor, PermissionRefused
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.models import BillImport, BillPart, MonthlyCost
from yui.transition.costs.operations.map_system import map_system, unmap_system
from yui.transition.costs.operations.withdraw_bill import withdraw_bill
from yui.transition.costs.queries.monthly import costs_visible_to, summarise

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


def total():
    cells = summarise(costs_visible_to(SYSTEM), ("ward",))
    return sum((cell.amounts["JPY"] for cell in cells), Decimal(0))


def in_lake():
    source = Source(CHARGES, Reach.everything("a test"))
    return fetch_rows("SELECT coalesce(sum(BilledCost), 0) FROM {lake}", {"lake": source})[0][0]


def test_the_same_file_twice_changes_nothing(take_in, bill_file):
    path = bill_file({}, {"BilledCost": "2"})
    first = take_in(path)
    entries, files = Entry.objects.count(), LakeFile.objects.count()
    second = take_in(path, file_name="another name.csv")
    assert (first.is_new, second.is_new) == (True, False)
    assert second.bill == first.bill
    assert second.billed == first.billed == {"JPY": Decimal("12.5")}
    assert (Entry.objects.count(), LakeFile.objects.count()) == (entries, files)
    assert total() == in_lake() == Decimal("12.5")


def test_a_correction_takes_the_place_of_the_same_account_and_month_only(take_in, bill_file):
    old = take_in(
        bill_file(
            {},
            {"BillingAccountId": "acct-2", "BilledCost": "100"},
            {"BillingPeriodStart": "2026-06-01T00:00:00Z"},
        )
    ).bill
    new = take_in(bill_file({"BilledCost": "3"}, name="corrected.csv")).bill
    assert total() == in_lake() == Decimal("113.5")
    parts = BillPart.objects.unscoped("test").filter(bill=old)
    replaced = parts.get(month="2026-05", account="acct-1")
    assert replaced.superseded_by == new
    assert parts.filter(superseded_at__isnull=True).count() == 2
    assert "置き換え" in history_of(urn("costs.bill", new.pk))[0].summary


def test_an_old_file_cannot_come_back_over_its_correction_by_accident(take_in, bill_file):
    old = bill_file({})
    take_in(old)
    take_in(bill_file({"BilledCost": "3"}, name="corrected.csv"))
    assert take_in(old).is_new is False
    assert total() == Decimal("3")


def test_a_withdrawn_bill_stops_counting_and_may_come_again(take_in, bill_file):
    path = bill_file({})
    bill = take_in(path).bill
    with pytest.raises(ValidationError):
        withdraw_bill(SYSTEM, bill=bill, because="  ")
    withdraw_bill(SYSTEM, bill=bill, because="二重に届いた")
    assert total() == in_lake() == 0
    assert BillImport.objects.unscoped("test").get(pk=bill.pk).withdrawn_because == "二重に届いた"
    withdraw_bill(SYSTEM, bill=bill, because="もう一度")
    assert BillImport.objects.unscoped("test").get(pk=bill.pk).withdrawn_because == "二重に届いた"
    assert take_in(path).is_new
    assert total() == in_lake() == Decimal("10.5")


def test_two_wards_may_import_the_same_file(take_in, bill_file, shinjuku):
    path = bill_file({})
    take_in(path)
    assert take_in(path, shinjuku).is_new
    assert total() == Decimal("21")


def test_systems_come_from_rules_then_from_the_tag_then_from_nowhere(take_in, bill_file, minato):
    take_in(
        bill_file(
            {"BilledCost": "1"},
            {"BilledCost": "2", "Tags": "", "SubAccountId": "sub-2"},
            {"BilledCost": "4", "Tags": "{broken", "SubAccountId": "sub-2", "ResourceId": "vm-7"},
        )
    )

    def by_system():
        return {cell.key[0]: cell.amounts["JPY"] for cell in summarise(costs_visible_to(SYSTEM), ("system",))}

    assert by_system() == {"S-1": 1, "": 6}
    rule = map_system(SYSTEM, organisation=minato, column="SubAccountId", value="sub-2", system_code="S-2")
    assert by_system() == {"S-1": 1, "S-2": 6}
    map_system(SYSTEM, organisation=minato, column="ResourceId", value="vm-7", system_code="S-7")
    assert by_system() == {"S-1": 1, "S-2": 2, "S-7": 4}
    unmap_system(SYSTEM, mapping=rule)
    assert by_system() == {"S-1": 1, "": 2, "S-7": 4}
    assert in_lake() == 7


def test_what_cannot_be_read_is_kept_with_the_bill(take_in, bill_file):
    bill = take_in(bill_file({}, {"BilledCost": "x"})).bill
    assert (bill.rows_accepted, bill.rows_rejected) == (1, 1)
    assert bill.problems[0]["row"] == 3
    assert MonthlyCost.objects.unscoped("test").get().rows == 1


def test_only_those_who_may_import_do(take_in, bill_file, bob, charlie, alice, actor_of):
    path = bill_file({})
    for stranger in (bob, charlie):
        with pytest.raises(PermissionRefused):
            take_in(path, actor=actor_of(stranger))
    bill = take_in(path, actor=actor_of(alice)).bill
    for stranger in (bob, charlie):
        with pytest.raises(PermissionRefused):
            withdraw_bill(actor_of(stranger), bill=bill, because="x")
    assert bill.imported_by == actor_of(alice).name
