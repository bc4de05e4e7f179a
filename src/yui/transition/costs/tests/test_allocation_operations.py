"""A rule goes from draft to approval by two people; what it divides adds up, and nobody else sees it."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from yui.kernel.calendar_jp import Month, parse_date
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import Actor, PermissionRefused
from yui.transition.costs.errors import (
    CoverageFixed,
    NoReceiver,
    NotOurResidents,
    ReasonMissing,
    SecondPersonNeeded,
    VersionsOverlap,
    WrongAllocationState,
)
from yui.transition.costs.models import AllocatedCost, AllocationRuleVersion
from yui.transition.costs.operations.approve_allocation_version import approve_allocation_version
from yui.transition.costs.operations.map_system import map_system
from yui.transition.costs.operations.reject_allocation_version import reject_allocation_version
from yui.transition.costs.operations.retire_allocation_version import retire_allocation_version
from yui.transition.costs.operations.save_allocation_rule import RuleFields, save_allocation_rule
from yui.transition.costs.operations.save_allocation_version import VersionFields, save_allocation_version
from yui.transition.costs.operations.set_residents import Residents, set_residents
from yui.transition.costs.operations.set_usage import Usage, set_usage
from yui.transition.costs.operations.submit_allocation_version import submit_allocation_version
from yui.transition.costs.operations.withdraw_allocation_version import withdraw_allocation_version
from yui.transition.costs.operations.withdraw_bill import withdraw_bill
from yui.transition.costs.queries.allocations import (
    unallocated,
)

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
APRIL, MAY, JUNE = Month(2026, 4), Month(2026, 5), Month(2026, 6)


def amounts(**only):
    rows = AllocatedCost.objects.unscoped("test").filter(**only).order_by("organisation__code", "pk")
    return [(row.organisation.code, row.billed) for row in rows.select_related("organisation")]


def fields(weights, method="even", first=APRIL, last=None, **more):
    return VersionFields(first, last, method, "協定による", weights, **more)


def test_a_rule_divides_only_after_another_person_approved(
    joint_bill, soc, minato, shinjuku, jun, sora, actor_of
):
    account = RuleFields("共同口座", account="acct-1")
    rule = save_allocation_rule(actor_of(jun), organisation=soc, fields=account)
    draft = save_allocation_version(
        actor_of(jun), rule=rule, fields=fields({minato: Decimal(1), shinjuku: Decimal(1)})
    )
    assert not amounts()
    with pytest.raises(WrongAllocationState):
        approve_allocation_version(actor_of(sora), version=draft)
    submit_allocation_version(actor_of(jun), version=draft)
    with pytest.raises(PermissionRefused):
        approve_allocation_version(actor_of(jun), version=draft)
    assert not amounts()
    approved = approve_allocation_version(actor_of(sora), version=draft)
    assert amounts() == [("131032", "501"), ("131041", "500")]
    assert (approved.proposed_by, approved.decided_by) == (jun, sora)
    told = Entry.objects.filter(verb="costs.allocation_version.approve")
    assert {entry.organisation_code for entry in told} == {soc.code, "131032", "131041"}


def test_whoever_proposed_does_not_decide(joint_bill, soc, minato, sora, actor_of):
    rule = save_allocation_rule(actor_of(sora), organisation=soc, fields=RuleFields("共同口座"))
    draft = save_allocation_version(actor_of(sora), rule=rule, fields=fields({minato: Decimal(1)}))
    submit_allocation_version(actor_of(sora), version=draft)
    for step in (
        lambda: approve_allocation_version(actor_of(sora), version=draft),
        lambda: reject_allocation_version(actor_of(sora), version=draft, because="x"),
    ):
        with pytest.raises(SecondPersonNeeded):
            step()
    with pytest.raises(IntegrityError), transaction.atomic():
        AllocationRuleVersion.objects.unscoped("test").update(decided_by=sora)
    withdraw_allocation_version(actor_of(sora), version=draft)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_refused_version_comes_back_with_its_reason(soc, minato, jun, sora, actor_of):
    rule = save_allocation_rule(actor_of(jun), organisation=soc, fields=RuleFields("共同口座"))
    draft = save_allocation_version(actor_of(jun), rule=rule, fields=fields({minato: Decimal(1)}))
    submit_allocation_version(actor_of(jun), version=draft)
    with pytest.raises(ReasonMissing):
        reject_allocation_version(actor_of(sora), version=draft, because=" ")
    back = reject_allocation_version(actor_of(sora), version=draft, because="比率が古い")
    assert (back.state, back.note) == ("draft", "比率が古い")


def test_strangers_change_nothing(soc, minato, alice, jun, actor_of):
    with pytest.raises(PermissionRefused):
        save_allocation_rule(actor_of(alice), organisation=soc, fields=RuleFields("x"))
    rule = save_allocation_rule(actor_of(jun), organisation=soc, fields=RuleFields("共同口座"))
    draft = save_allocation_version(actor_of(jun), rule=rule, fields=fields({minato: Decimal(1)}))
    for step in (
        lambda: save_allocation_version(actor_of(alice), rule=rule, fields=fields({minato: Decimal(1)})),
        lambda: submit_allocation_version(actor_of(alice), version=draft),
        lambda: withdraw_allocation_version(actor_of(alice), version=draft),
        lambda: approve_allocation_version(actor_of(alice), version=draft),
        lambda: reject_allocation_version(actor_of(alice), version=draft, because="x"),
        lambda: retire_allocation_version(actor_of(alice), version=draft, last_month=None, because="x"),
        lambda: set_usage(actor_of(alice), organisation=soc, usages=[], source="x"),
    ):
        with pytest.raises(PermissionRefused):
            step()


def test_two_versions_never_divide_the_same_month(joint_bill, soc, minato, shinjuku, in_force):
    first = in_force({minato: Decimal(1)}, first=APRIL)
    assert amounts() == [("131032", "1001")]
    with pytest.raises(VersionsOverlap):
        in_force({shinjuku: Decimal(1)}, first=Month(2026, 3), rule=first.rule)
    second = in_force({shinjuku: Decimal(1)}, first=MAY, rule=first.rule)
    first.refresh_from_db()
    assert (first.valid_to, second.number) == ("2026-04", 3)
    assert amounts() == [("131041", "1001")]


def test_a_retired_version_keeps_the_months_that_it_divided(joint_bill, soc, minato, in_force):
    version = in_force({minato: Decimal(1)}, first=APRIL)
    with pytest.raises(ValidationError):
        retire_allocation_version(SYSTEM, version=version, last_month=Month(2026, 3), because="終了")
    retire_allocation_version(SYSTEM, version=version, last_month=MAY, because="終了")
    assert amounts() == [("131032", "1001")]
    other = in_force({minato: Decimal(1)}, first=JUNE, rule=version.rule)
    retire_allocation_version(SYSTEM, version=other, last_month=None, because="誤り")
    assert amounts(month="2026-05") == [("131032", "1001")]


def test_a_version_that_never_applied_gives_everything_back(joint_bill, minato, in_force):
    version = in_force({minato: Decimal(1)})
    retire_allocation_version(SYSTEM, version=version, last_month=None, because="誤り")
    assert not amounts()


def test_what_a_rule_covers_stays_once_a_version_was_approved(joint_bill, soc, minato, in_force):
    version = in_force({minato: Decimal(1)})
    with pytest.raises(CoverageFixed):
        save_allocation_rule(
            SYSTEM, organisation=soc, rule=version.rule, fields=RuleFields("共同口座", account="other")
        )
    renamed = save_allocation_rule(SYSTEM, organisation=soc, rule=version.rule, fields=RuleFields("新名称"))
    assert renamed.name == "新名称"
    with pytest.raises(ValidationError, match="同じ費用"):
        save_allocation_rule(SYSTEM, organisation=soc, fields=RuleFields("もう一つ"))


def test_the_particular_rule_decides_before_the_general_one(joint_bill, soc, minato, shinjuku, in_force):
    in_force({minato: Decimal(1)})
    rule = save_allocation_rule(SYSTEM, organisation=soc, fields=RuleFields("別口座", account="acct-1"))
    in_force({shinjuku: Decimal(1)}, rule=rule)
    assert amounts() == [("131041", "1001")]


def test_every_method_divides_by_its_basis(joint_bill, soc, minato, shinjuku, in_force):
    both = {minato: Decimal("1"), shinjuku: Decimal("3")}
    weighted = in_force(both, method="weight")
    assert amounts() == [("131032", "250"), ("131041", "751")]
    retire_allocation_version(SYSTEM, version=weighted, last_month=None, because="次へ")
    by_people = in_force(both, method="population", rule=weighted.rule)
    assert not amounts()
    assert unallocated(by_people) == ["2026-05"]
    day = parse_date("2026-05-01")
    counts = [Residents(minato, day, 900), Residents(shinjuku, day, 100)]
    assert set_residents(SYSTEM, organisation=soc, counts=counts, source="架空") == (2, 0, 0)
    assert amounts() == [("131032", "901"), ("131041", "100")]
    assert set_residents(SYSTEM, organisation=soc, counts=counts, source="架空") == (0, 0, 2)
    assert unallocated(by_people) == []
    retire_allocation_version(SYSTEM, version=by_people, last_month=None, because="次へ")
    usages = [Usage(minato, MAY, "利用者数", Decimal(0)), Usage(shinjuku, MAY, "利用者数", Decimal("2.5"))]
    set_usage(SYSTEM, organisation=soc, usages=usages, source="架空")
    by_use = in_force(both, method="usage", driver="利用者数", rule=weighted.rule)
    assert amounts() == [("131032", "0"), ("131041", "1001")]
    retire_allocation_version(SYSTEM, version=by_use, last_month=None, because="次へ")
    parts = {"even": Decimal(40), "population": Decimal(60)}
    mixed = in_force(both, method="mixed", components=parts, rule=weighted.rule)
    assert amounts() == [("131032", "741"), ("131041", "260")]
    assert sum(Decimal(row.ratio) for row in AllocatedCost.objects.unscoped("test")) == 1
    assert "均等割 40%" in mixed.method_text and "人口割 60%" in mixed.method_text


def test_a_ward_enters_only_its_own_residents(minato, shinjuku, alice, actor_of):
    day = parse_date("2026-05-01")
    with pytest.raises(NotOurResidents):
        set_residents(actor_of(alice), organisation=minato, counts=[Residents(shinjuku, day, 1)], source="x")
    assert set_residents(
        actor_of(alice), organisation=minato, counts=[Residents(minato, day, 5)], source="x"
    ) == (1, 0, 0)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"weights": {}}, NoReceiver),
        ({"method": "usage"}, ValidationError),
        ({"method": "mixed", "components": {"even": Decimal(99)}}, ValidationError),
        ({"method": "nonsense"}, ValidationError),
        ({"valid_to": Month(2026, 3)}, ValidationError),
        ({"reason": " "}, ValidationError),
        ({"weights": {"minato": Decimal(-1)}}, ValidationError),
    ],
)
def test_a_version_without_what_it_needs_is_refused(soc, minato, changes, error):
    rule = save_allocation_rule(SYSTEM, organisation=soc, fields=RuleFields("共同口座"))
    changes = dict(changes)
    if "minato" in changes.get("weights", {}):
        changes["weights"] = {minato: changes["weights"]["minato"]}
    given = {
        "valid_from": APRIL,
        "valid_to": None,
        "method": "even",
        "reason": "x",
        "weights": {minato: Decimal(1)},
    }
    with pytest.raises(error):
        save_allocation_version(SYSTEM, rule=rule, fields=VersionFields(**(given | changes)))
    assert not AllocationRuleVersion.objects.unscoped("test").exists()


def test_shares_follow_mappings_corrections_and_withdrawals(
    joint_bill, take_in, bill_file, soc, minato, in_force
):
    in_force({minato: Decimal(1)})
    map_system(SYSTEM, organisation=soc, column="SubAccountId", value="sub-1", system_code="S-9")
    assert {row.system_code for row in AllocatedCost.objects.unscoped("test")} == {"S-9"}
    corrected = take_in(bill_file({"BilledCost": "77"}, name="again.csv"), soc).bill
    assert amounts() == [("131032", "77")]
    withdraw_bill(SYSTEM, bill=corrected, because="誤り")
    assert not amounts()


def test_credits_and_fractions_are_shared_to_the_last_digit(
    take_in, bill_file, soc, minato, shinjuku, in_force
):
    take_in(
        bill_file(
            {"BilledCost": "-100.123456789012345678", "Tags": '{"system": "A"}'},
            {"BilledCost": "0.01", "BillingCurrency": "USD", "Tags": '{"system": "B"}'},
        ),
        soc,
    )
    in_force({minato: Decimal(1), shinjuku: Decimal(2)}, method="weight")
    assert amounts(system_code="A") == [("131032", "-33.123456789012345678"), ("131041", "-67")]
    assert amounts(system_code="B") == [("131032", "0"), ("131041", "0.01")]
