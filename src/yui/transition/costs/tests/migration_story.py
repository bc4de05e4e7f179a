"""A small story of migration: wards with bills before and after, written straight into the roll-up."""

from datetime import date
from decimal import Decimal

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.registry.facts import SystemFacts
from yui.registry.models import StandardBusinessArea
from yui.registry.operations import record_migration_step, register_system
from yui.transition.costs.models import (
    BillImport,
    BillPart,
    ExchangeRate,
    MonthlyCost,
    RatioDefinition,
)
from yui.transition.costs.operations.approve_definition import approve_definition
from yui.transition.costs.operations.define_ratio import RatioFields, define_ratio

SYSTEM = Actor.system("test")
MIGRATED = date(2025, 4, 15)
FIRST, LAST = Month(2023, 11), Month(2026, 10)
AREA = "01"


def add_cost(ward, month, amount, *, system="STD-001", category="software", currency="JPY", rows=1):
    """Put one row into the roll-up, under a bill of its own."""
    bill, _made = BillImport.everything.get_or_create(
        organisation=ward,
        sha256=f"{ward.code:0>64}",
        defaults={
            "batch": f"story-{ward.code}",
            "kind": "ledger",
            "file_name": "story.csv",
            "first_month": str(FIRST),
            "last_month": str(LAST),
            "rows_accepted": 1,
            "imported_by": "test",
        },
    )
    part, _made = BillPart.everything.get_or_create(
        bill=bill, month=str(month), key="story", defaults={"rows": 1}
    )
    return MonthlyCost.everything.create(
        organisation=ward,
        part=part,
        month=str(month),
        system_code=system,
        cost_category=category,
        currency=currency,
        billed=str(Decimal(amount)),
        effective=str(Decimal(amount)),
        rows=rows,
    )


def set_rates(rate_of, months=None):
    """Enter a dollar rate for each month."""
    ExchangeRate.objects.bulk_create(
        ExchangeRate(
            currency="USD", month=str(month), yen_per_unit=rate_of(month), source="test", set_by="test"
        )
        for month in months or Month.between(FIRST, LAST)
    )


def migrate(ward, *, times, before=1000, on=MIGRATED, dollars=0):
    """Let a ward migrate one system on a day, and pay so many times as much afterwards."""
    area = StandardBusinessArea.objects.get(code=AREA)
    register_system(
        SYSTEM,
        organisation=ward,
        facts=SystemFacts(
            code="STD-001",
            name=f"{ward.name_ja}の住民記録",
            category="standard",
            hosting="government_cloud",
            network_zone="my_number",
            purpose="x",
            business_area=area,
            started_on=date(2020, 4, 1),
        ),
    )
    record_migration_step(SYSTEM, organisation=ward, area=area, state="migrated", actual_on=on)
    change = Month.of(on)
    for month in Month.between(FIRST, LAST):
        is_after = month > change
        amount = Decimal(before) * (Decimal(str(times)) if is_after else 1)
        add_cost(ward, month, amount)
        if month == change:
            add_cost(ward, month, 50_000, category="migration")
        if dollars:
            add_cost(ward, month, dollars, category="cloud", currency="USD")


def approve(
    organisation, *, rates=None, level="2.0", categories=None, valid_from=FIRST, one_off=("migration",)
):
    """Propose and approve a definition by two different people."""
    made = define_ratio(
        Actor.system("proposer"),
        organisation=organisation,
        fields=RatioFields(
            valid_from=valid_from,
            statement="試験の定義",
            categories=categories
            or ["cloud", "line", "operation", "software", "data_link", "migration", "other"],
            one_off_categories=list(one_off),
            base_fiscal_year=2023,
            base_rates={"USD": Decimal(100)} if rates is None else rates,
            agreed_level=None if level is None else Decimal(level),
            completed_on=date(2025, 4, 30),
            completion_rule="cut_off",
        ),
    )
    approve_definition(Actor.system("approver"), definition=made)
    return RatioDefinition.everything.get(pk=made.pk)
