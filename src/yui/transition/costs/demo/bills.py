"""架空データ: three fiscal years of bills, ledgers, expenditure and exchange rates for every ward.

Nothing here is a fact about a real ward.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.models import Organisation, OrganisationKind
from yui.registry.public import ContractSummary, contracts_of, systems_by_code
from yui.transition.costs.demo.bill_files import COST_COLUMNS, charge_row, seed_bill
from yui.transition.costs.demo.migration import Uplift, factor_of, migrated_systems, uplifts
from yui.transition.costs.demo.pricing import MADE_UP, committed, priced
from yui.transition.costs.formats.expenditure import ExpenditureFile, TotalRow
from yui.transition.costs.formats.ledger import LEDGER_PART
from yui.transition.costs.models import BillImport
from yui.transition.costs.operations.import_expenditure import import_expenditure
from yui.transition.costs.operations.set_exchange_rate import set_exchange_rate

PROVIDER = "架空クラウド"
VENDORS = {
    "line": "架空通信",
    "operation": "架空運用サービス",
    "software": "架空ソフトウェア",
    "data_link": "架空データ連携",
    "other": "架空サポート",
    "migration": "架空移行サービス",
}
SERVICES = ("仮想サーバー", "データベース", "オブジェクトストレージ")
SYSTEMS = 8


@dataclass(frozen=True)
class WardPlan:
    """What one ward's made-up costs are drawn from."""

    ward: Organisation
    systems: tuple[str, ...]
    expenditure: int
    ratio: Decimal
    random: Random
    uplifts: dict[str, Uplift]
    first_month: Month
    contracts: tuple[ContractSummary, ...] = ()

    def contract_for(self, system: str, month: Month) -> ContractSummary | None:
        """Return the contract of the register that a system is paid by in a month."""
        for contract in self.contracts:
            if system in contract.system_codes and contract.starts_on <= month.first_day <= contract.ends_on:
                return contract
        return None


def seed(demo: Demonstration) -> None:
    """Seed rates, totals and bills; a second run finds everything there and changes nothing."""
    if not demo.wards or BillImport.objects.unscoped("seeding once").exists():
        return
    random = demo.random_for("costs")
    rates = _seed_rates(demo, random)
    migrated = migrated_systems(demo)
    plans = [_plan(demo, ward, migrated.get(ward.code, {})) for ward in demo.wards]
    _seed_totals(demo, plans)
    years = sorted({month.fiscal_year for month in demo.months})
    for plan in plans:
        for year in years:
            months = [month for month in year.months if demo.first_month <= month <= demo.last_month]
            seed_bill(demo, plan.ward, year, "cloud", list(_cloud_rows(plan, months, rates)))
            seed_bill(demo, plan.ward, year, "ledger", list(_ledger_rows(plan, months)))


def _seed_rates(demo: Demonstration, random: Random) -> dict[Month, Decimal]:
    """Set a slowly moving rate for each month."""
    body = Organisation.objects.active().filter(kind=OrganisationKind.JOINT_BODY).first()
    rates, rate = {}, Decimal(145)
    for month in demo.months:
        rate = max(Decimal(120), min(Decimal(165), rate + Decimal(random.randint(-250, 270)) / 100))
        rates[month] = rate
        if body is not None:
            set_exchange_rate(
                demo.actor, organisation=body, currency="USD", month=month, yen_per_unit=rate, source=MADE_UP
            )
    return rates


def _plan(demo: Demonstration, ward: Organisation, migrated: dict[str, Month]) -> WardPlan:
    random = demo.random_for(f"costs:{ward.code}")
    codes = sorted(systems_by_code(demo.actor, ward))
    systems = codes or [f"架空{number:02d}" for number in range(1, SYSTEMS + 1)]
    expenditure = random.randint(600, 3600) * 100_000_000
    ratio = Decimal(random.randint(150, 240)) / 10_000
    return WardPlan(
        ward,
        tuple(systems[:SYSTEMS]),
        expenditure,
        ratio,
        random,
        uplifts(migrated, demo.random_for(f"costs:migration:{ward.code}")),
        demo.first_month,
        contracts_of(demo.actor, ward),
    )


def _seed_totals(demo: Demonstration, plans: list[WardPlan]) -> None:
    """Enter the total of every ward and year: settled for the past, a budget for the year under way."""
    years = sorted({month.fiscal_year for month in demo.months})
    rows = [
        TotalRow(number, plan.ward.code, year.year, _total_of(plan, years.index(year)), year == years[-1])
        for number, (plan, year) in enumerate(((plan, year) for plan in plans for year in years), start=2)
    ]
    file = ExpenditureFile("yui", len(rows), tuple(rows))
    import_expenditure(demo.actor, organisation=plans[0].ward, file=file, file_name=f"{MADE_UP}:歳出総額.csv")


def _total_of(plan: WardPlan, index: int) -> int:
    return plan.expenditure * (100 + 2 * index) // 100 // 1000 * 1000


def _monthly_budget(plan: WardPlan, month: Month) -> Decimal:
    """Return what the ward spends on its systems in a month, in yen."""
    growth = Decimal(1) + Decimal(month.index - plan.first_month.index) * Decimal("0.003")
    wave = Decimal(plan.random.randint(970, 1030)) / 1000
    return Decimal(plan.expenditure) * plan.ratio / 12 * growth * wave


def _weights(plan: WardPlan) -> list[tuple[str, Decimal]]:
    """Return how the systems share the costs: the first ones are the largest."""
    raw = [Decimal(1) / (place + 2) for place in range(len(plan.systems))]
    return [(system, weight / sum(raw)) for system, weight in zip(plan.systems, raw, strict=True)]


def _cloud_rows(plan: WardPlan, months: list[Month], rates: dict[Month, Decimal]) -> Iterator[dict[str, Any]]:
    """Yield usage in dollars, a growing part of the whole, by system and service."""
    for month in months:
        share = Decimal("0.14") + Decimal("0.004") * (month.index - plan.first_month.index)
        budget = _monthly_budget(plan, month) * share / rates[month]
        for system, share_of_all in _weights(plan):
            weight = share_of_all * factor_of(plan.uplifts, system, month)
            for place, service in enumerate(SERVICES, start=1):
                cost = (
                    budget * weight / (place * 2) * Decimal(plan.random.randint(900, 1100)) / 1000
                ).quantize(Decimal("0.0000000001"))
                yield charge_row(
                    month, cost, "USD", PROVIDER, f"{MADE_UP}-{plan.ward.code}", service, "cloud"
                ) | {
                    "x_tag_system": system,
                    "ResourceId": f"{system}-{place}",
                    "ChargeCategory": "Usage",
                    **priced(place, cost, month),
                    **committed(plan.ward, service, month),
                }


def _ledger_rows(plan: WardPlan, months: list[Month]) -> Iterator[dict[str, Any]]:
    """Yield monthly payments in yen by system and 経費区分."""
    for month in months:
        budget = _monthly_budget(plan, month) * Decimal("0.75")
        for place, (system, share_of_all) in enumerate(_weights(plan)):
            weight = share_of_all * factor_of(plan.uplifts, system, month)
            for category, share in [*_categories_of(place), *_one_off(plan, system, month)]:
                cost = (budget * weight * share / 100).quantize(Decimal(1))
                row = charge_row(
                    month, cost, "JPY", VENDORS[category], "一般会計", f"{system} {MADE_UP}", category
                )
                row |= {
                    "x_part": f"{LEDGER_PART}一般会計",
                    "x_tag_system": system,
                    "x_contract_number": None,
                    "x_account": "一般会計",
                    "ChargeCategory": "Purchase",
                }
                contract = plan.contract_for(system, month) if category == "software" else None
                yield from _by_contract(row, cost, contract)


def _by_contract(
    row: dict[str, Any], cost: Decimal, contract: ContractSummary | None
) -> Iterator[dict[str, Any]]:
    """Yield a payment, of which a twelfth of the contract's yearly amount names the contract."""
    paid = min(cost, Decimal(contract.annual_yen // 12)) if contract else Decimal(0)
    if contract and paid:
        yield row | dict.fromkeys(COST_COLUMNS, paid) | {"x_contract_number": contract.number}
    if cost > paid:
        yield row | dict.fromkeys(COST_COLUMNS, cost - paid)


def _categories_of(place: int) -> list[tuple[str, int]]:
    """Return the 経費区分 that a system pays for beside the cloud: software, and one other in turn."""
    others = [category for category in VENDORS if category not in {"software", "migration"}]
    return [("software", 60), (others[place % len(others)], 40)]


def _one_off(plan: WardPlan, system: str, month: Month) -> list[tuple[str, int]]:
    """Return what the migration of a system cost once, in the month in which it happened."""
    change = plan.uplifts.get(system)
    return [("migration", int(change.one_off * 100))] if change and change.month == month else []
