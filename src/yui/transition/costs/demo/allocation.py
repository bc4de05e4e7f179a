"""架空データ: a joint account of the 事務局, shared among the wards by two approved versions of a rule.

A third version waits for approval, so that the steps can be tried. Residents and quantities are made up too.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.models import Organisation
from yui.organisations.public import SECRETARIAT_CODE
from yui.registry.public import business_areas
from yui.transition.costs.demo.bill_files import charge_row, seed_bill
from yui.transition.costs.demo.pricing import MADE_UP
from yui.transition.costs.models import AllocationMethod, AllocationRule, TotalExpenditure
from yui.transition.costs.operations.approve_allocation_version import approve_allocation_version
from yui.transition.costs.operations.save_allocation_rule import RuleFields, save_allocation_rule
from yui.transition.costs.operations.save_allocation_version import VersionFields, save_allocation_version
from yui.transition.costs.operations.set_residents import Residents, set_residents
from yui.transition.costs.operations.set_usage import Usage, set_usage
from yui.transition.costs.operations.submit_allocation_version import submit_allocation_version

PROVIDER = "架空クラウド"
ACCOUNT = f"{MADE_UP}-共同基盤"
SERVICES = (
    ("共同-認証基盤", "cloud", "架空データ 認証基盤", 190_000_000),
    ("共同-収集基盤", "cloud", "架空データ ログの収集", 260_000_000),
    ("共同-回線", "line", "架空データ 共同回線", 120_000_000),
)
DRIVER = "架空データ 利用者数"
MONTHS_OF_USE = 3
WARDS_WITH_CASES, AREAS_WITH_CASES, MONTHS_OF_CASES = 3, 3, 12


def seed(demo: Demonstration) -> None:
    """Seed the joint account, residents, quantities, and the rule; a second run changes nothing."""
    body = Organisation.objects.active().filter(code=SECRETARIAT_CODE).first()
    if body is None or not demo.wards or AllocationRule.objects.unscoped("seeding once").exists():
        return
    random = demo.random_for("costs:allocation")
    _seed_residents(demo, body, random)
    _seed_usage(demo, body, random)
    _seed_cases(demo, random)
    _seed_joint_account(demo, body, random)
    _seed_rule(demo, body)


def _seed_residents(demo: Demonstration, body: Organisation, random: Random) -> None:
    """Enter the residents of 1 January of each year of the span, and of the year before it.

    They follow a ward's total expenditure, so that figures per resident look like those of wards.
    """
    years = range(demo.first_month.year - 1, demo.last_month.year + 1)
    counts = []
    for ward in demo.wards:
        total = TotalExpenditure.objects.owned_by(ward).order_by("fiscal_year").first()
        spent = total.amount_yen if total else 100_000_000_000
        residents = spent // random.randint(380_000, 620_000)
        for year in years:
            residents = residents * random.randint(995, 1012) // 1000
            counts.append(Residents(ward, date(year, 1, 1), residents))
    set_residents(demo.actor, organisation=body, counts=counts, source=f"{MADE_UP}:人口")


def _seed_usage(demo: Demonstration, body: Organisation, random: Random) -> None:
    """Enter who used the joint account in the newest months."""
    usages = [
        Usage(ward, month, DRIVER, Decimal(random.randint(800, 6000)))
        for month in demo.months[-MONTHS_OF_USE:]
        for ward in demo.wards
    ]
    set_usage(demo.actor, organisation=body, usages=usages, source=f"{MADE_UP}:利用者数")


def _seed_cases(demo: Demonstration, random: Random) -> None:
    """Enter the cases of a few areas of a few wards."""
    areas = [area.name_ja for area in business_areas()[:AREAS_WITH_CASES]]
    for ward in demo.wards[:WARDS_WITH_CASES]:
        usages = [
            Usage(ward, month, area, Decimal(random.randint(900, 9000)))
            for month in demo.months[-MONTHS_OF_CASES:]
            for area in areas
        ]
        set_usage(demo.actor, organisation=ward, usages=usages, source=f"{MADE_UP}:件数")


def _seed_joint_account(demo: Demonstration, body: Organisation, random: Random) -> None:
    """Record a bill of the joint account for each fiscal year."""
    for year in sorted({month.fiscal_year for month in demo.months}):
        months = [month for month in year.months if demo.first_month <= month <= demo.last_month]
        seed_bill(demo, body, year, "cloud", list(_joint_rows(months, random)))


def _joint_rows(months: Sequence[Month], random: Random) -> Iterator[dict[str, Any]]:
    for month in months:
        for system, category, service, monthly in SERVICES:
            cost = Decimal(monthly * random.randint(960, 1050) // 1000)
            yield charge_row(month, cost, "JPY", PROVIDER, ACCOUNT, service, category) | {
                "x_tag_system": system,
                "ResourceId": system,
                "ChargeCategory": "Usage",
            }


def _seed_rule(demo: Demonstration, body: Organisation) -> None:
    """Put two versions into force, and lay a third before those who approve."""
    rule = save_allocation_rule(
        demo.actor,
        organisation=body,
        fields=RuleFields("共同基盤の費用(架空データ)", provider=PROVIDER, account=ACCOUNT),
    )
    weights = {ward: Decimal(1) for ward in demo.wards}
    middle = demo.months[len(demo.months) // 2]
    parts = {"even": Decimal(30), "population": Decimal(70)}
    plans = (
        VersionFields(
            demo.first_month, None, AllocationMethod.EVEN, f"{MADE_UP}:共同利用の開始時の協定", weights
        ),
        VersionFields(
            middle, None, AllocationMethod.MIXED, f"{MADE_UP}:人口を考えた見直し", weights, "", parts
        ),
        VersionFields(
            demo.last_month.next(),
            None,
            AllocationMethod.USAGE,
            f"{MADE_UP}:使った分の負担への見直し",
            weights,
            DRIVER,
        ),
    )
    for place, fields in enumerate(plans):
        draft = save_allocation_version(demo.actor, rule=rule, fields=fields)
        submit_allocation_version(demo.actor, version=draft)
        if place < len(plans) - 1:
            approve_allocation_version(demo.actor, version=draft)
