"""架空データ: three fiscal years of bills, ledgers, expenditure and exchange rates for every ward.

The bills go the way of real files: Arrow tables of FOCUS rows, staged in the lake and recorded by
``import_bill``. Nothing here is a fact about a real ward.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from yui.kernel.calendar_jp import FiscalYear, Month, Period
from yui.kernel.demonstration import Demonstration
from yui.kernel.lake.staging import stage_file, workspace
from yui.kernel.scope.models import Organisation, OrganisationKind
from yui.registry.public import ContractSummary, contracts_of, systems_by_code
from yui.transition.costs.demo.migration import Uplift, factor_of, migrated_systems, uplifts
from yui.transition.costs.demo.pricing import MADE_UP, committed, priced
from yui.transition.costs.engine.rows import BillShare, ConvertedBill, add_amounts
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.formats.expenditure import ExpenditureFile, TotalRow
from yui.transition.costs.models import BillImport
from yui.transition.costs.operations.import_bill import import_bill
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
MIDNIGHT = time()
COST_COLUMNS = ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")


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
            seed_bill(demo, plan, year, "cloud", list(_cloud_rows(plan, months, rates)))
            seed_bill(demo, plan, year, "ledger", list(_ledger_rows(plan, months)))


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
                    "x_part": "契約・支出台帳 / 一般会計",
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


def charge_row(
    month: Month, cost: Decimal, currency: str, provider: str, account: str, service: str, category: str
) -> dict[str, Any]:
    """Return a bill line of a month in the shape of the lake."""
    period = Period.of_month(month)
    start, end = datetime.combine(period.start, MIDNIGHT), datetime.combine(period.end, MIDNIGHT)
    return {
        **dict.fromkeys(COST_COLUMNS, cost),
        "BillingCurrency": currency,
        "BillingAccountId": account,
        "BillingPeriodStart": start,
        "BillingPeriodEnd": end,
        "ChargePeriodStart": start,
        "ChargePeriodEnd": end,
        "ServiceName": service,
        "ServiceCategory": "Other",
        "ServiceProviderName": provider,
        "InvoiceIssuerName": provider,
        "x_month": str(month),
        "x_part": f"{provider} / {account}",
        "x_provider": provider,
        "x_cost_category": category,
        "x_fiscal_year": str(month.fiscal_year.year),
    }


def seed_bill(
    demo: Demonstration, plan: WardPlan, year: FiscalYear, kind: str, rows: list[dict[str, Any]]
) -> None:
    """Write the rows of a year month by month, and record them as one bill."""
    if not rows:
        return
    by_month: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_month.setdefault(row["x_month"], []).append(row)
    with workspace() as folder:
        shares = [
            _share(month, found, folder / f"{month}.parquet") for month, found in sorted(by_month.items())
        ]
        staged = [
            stage_file(
                CHARGES,
                share.path,
                organisation_code=plan.ward.code,
                month=share.month,
                part=share.key,
                is_lasting=False,
            )
            for share in shares
        ]
    billed: dict[str, Decimal] = {}
    for share in shares:
        add_amounts(billed, share.billed)
    version = "1.4" if kind == "cloud" else ""
    bill = ConvertedBill(
        "focus" if kind == "cloud" else "ledger",
        version,
        len(rows),
        0,
        tuple(shares),
        billed=billed,
        effective=billed,
    )
    name = f"{MADE_UP}-{plan.ward.code}-{year.year}-{kind}.parquet"
    import_bill(
        demo.actor,
        organisation=plan.ward,
        bill=bill,
        staged=staged,
        file_name=name,
        sha256=sha256("".join(file.sha256 for file in staged).encode()).hexdigest(),
    )


def _share(month: str, rows: list[dict[str, Any]], path: Path) -> BillShare:
    names = list(rows[0])
    schema = pa.schema([CHARGES.schema.field(name) for name in names])
    columns = [pa.array([row[name] for row in rows], schema.field(name).type) for name in names]
    pq.write_table(pa.table(columns, schema=schema), path, compression="zstd")
    total = {rows[0]["BillingCurrency"]: sum((row["BilledCost"] for row in rows), Decimal(0))}
    first = rows[0]
    return BillShare(
        month, first["x_part"], first["x_provider"], first["BillingAccountId"], path, len(rows), total, total
    )
