"""Who sees what of a shared cost, and what a version would do before it is approved."""

from decimal import Decimal

import pytest

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.transition.costs.models import AllocatedCost, AllocationRule
from yui.transition.costs.operations.approve_allocation_version import approve_allocation_version
from yui.transition.costs.operations.save_allocation_rule import RuleFields, save_allocation_rule
from yui.transition.costs.operations.save_allocation_version import VersionFields, save_allocation_version
from yui.transition.costs.operations.submit_allocation_version import submit_allocation_version
from yui.transition.costs.queries.allocation_preview import preview_of
from yui.transition.costs.queries.allocations import allocated_to, lines_behind, versions_visible_to

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
APRIL, JUNE = Month(2026, 4), Month(2026, 6)


def amounts():
    rows = AllocatedCost.objects.unscoped("test").order_by("organisation__code", "pk")
    return [(row.organisation.code, row.billed) for row in rows.select_related("organisation")]


def fields(weights, method="even", first=APRIL, last=None, **more):
    return VersionFields(first, last, method, "協定による", weights, **more)


def test_only_owner_and_receivers_see_shares_versions_and_lines(
    joint_bill, soc, minato, shinjuku, in_force, alice, charlie, jun, actor_of
):
    version = in_force({minato: Decimal(1), soc: Decimal(1)})
    seen = {user: list(allocated_to(actor_of(user))) for user in (alice, charlie, jun)}
    assert [len(seen[user]) for user in (alice, charlie, jun)] == [1, 0, 2]
    (share,) = seen[alice]
    assert share.organisation == minato
    evidence = lines_behind(share)
    assert evidence.count(actor_of(alice)) == evidence.count(actor_of(jun)) == 1
    assert "1001" in evidence.rows(actor_of(alice), 0, 9)[0].cells
    assert evidence.count(actor_of(charlie)) == 0
    for user, count in ((alice, 1), (charlie, 0), (jun, 1)):
        assert versions_visible_to(actor_of(user)).filter(pk=version.pk).count() == count
        assert AllocationRule.objects.visible_to(actor_of(user)).count() == count


def test_receivers_do_not_see_drafts_nor_lines_outside_the_rule(
    take_in, bill_file, soc, minato, in_force, alice, jun, actor_of
):
    take_in(bill_file({"BilledCost": "1", "BillingAccountId": "open"}, {"BilledCost": "2"}), soc)
    rule = save_allocation_rule(SYSTEM, organisation=soc, fields=RuleFields("共同口座", account="open"))
    in_force({minato: Decimal(1)}, rule=rule)
    save_allocation_version(SYSTEM, rule=rule, fields=fields({minato: Decimal(2)}, first=JUNE))
    assert versions_visible_to(actor_of(alice)).count() == 1
    assert versions_visible_to(actor_of(jun)).count() == 2
    (share,) = allocated_to(actor_of(alice))
    assert lines_behind(share).count(actor_of(alice)) == 1


def test_the_preview_is_what_approval_then_writes(joint_bill, soc, minato, shinjuku):
    rule = save_allocation_rule(SYSTEM, organisation=soc, fields=RuleFields("共同口座"))
    draft = save_allocation_version(
        SYSTEM, rule=rule, fields=fields({minato: Decimal(2), shinjuku: Decimal(1)}, method="weight")
    )
    shown = preview_of(draft)
    assert shown.adds_up and shown.month == "2026-05"
    assert [row.amounts for row in shown.rows] == [(("JPY", "667"),), (("JPY", "334"),)]
    submit_allocation_version(SYSTEM, version=draft)
    approve_allocation_version(SYSTEM, version=draft)
    assert amounts() == [("131032", "667"), ("131041", "334")]


def test_the_preview_names_what_is_missing(joint_bill, soc, minato):
    rule = save_allocation_rule(SYSTEM, organisation=soc, fields=RuleFields("共同口座"))
    draft = save_allocation_version(
        SYSTEM, rule=rule, fields=fields({minato: Decimal(1)}, method="population")
    )
    shown = preview_of(draft)
    assert not shown.adds_up
    assert shown.problem.receivers == ("131032",)


def test_a_version_to_come_is_tried_on_earlier_costs(joint_bill, soc, minato, shinjuku, in_force):
    in_force({minato: Decimal(1)})
    rule = AllocationRule.objects.unscoped("test").get()
    draft = save_allocation_version(
        SYSTEM, rule=rule, fields=fields({minato: Decimal(1), shinjuku: Decimal(1)}, first=JUNE)
    )
    shown = preview_of(draft)
    assert shown.is_trial and shown.adds_up
    assert [row.amounts for row in shown.rows] == [(("JPY", "501"),), (("JPY", "500"),)]
    assert draft.valid_from == "2026-06" and amounts() == [("131032", "1001")]


def test_a_rule_without_costs_shows_its_ratios_only(soc, minato, shinjuku):
    rule = save_allocation_rule(SYSTEM, organisation=soc, fields=RuleFields("共同口座"))
    draft = save_allocation_version(
        SYSTEM, rule=rule, fields=fields({minato: Decimal(1), shinjuku: Decimal(1)})
    )
    shown = preview_of(draft)
    assert [row.percent for row in shown.rows] == ["50.0000%", "50.0000%"] and not shown.months
