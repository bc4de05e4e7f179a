"""架空データ: what every ward has promised its cloud provider, drawn around what it used."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from yui.kernel.calendar_jp import FiscalYear
from yui.kernel.demonstration import Demonstration
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source, fetch_rows
from yui.kernel.lake.staging import stage_file, workspace
from yui.kernel.scope.models import Organisation
from yui.transition.costs.demo.bills import PROVIDER
from yui.transition.costs.demo.pricing import COMMITTED_SERVICE, MADE_UP, commitment_id
from yui.transition.costs.engine.rows import BillShare, ConvertedBill
from yui.transition.costs.engine.spending import applied_query
from yui.transition.costs.facts import CHARGES, COMMITMENTS
from yui.transition.costs.models import BillImport, BillKind
from yui.transition.costs.operations.import_bill import import_bill

PART = "commitment"
"""What the conversion of a real file calls the part of commitments; it has no amounts of its own."""
MIDNIGHT = time()


def seed(demo: Demonstration) -> None:
    """Seed one commitment for each ward and fiscal year, some of them larger than the use."""
    known = BillImport.objects.unscoped("seeding once").filter(kind=BillKind.COMMITMENT)
    if not demo.wards or known.exists():
        return
    source = Source(CHARGES, Reach.of(demo.actor))
    months: dict[str, set[str]] = {}
    used: dict[str, Decimal] = {}
    for _ward, commitment, _currency, month, _unused, cost, _quantity, _lines in fetch_rows(
        applied_query(), {"lake": source}
    ):
        months.setdefault(commitment, set()).add(month)
        used[commitment] = used.get(commitment, Decimal(0)) + cost
    years = sorted({month.fiscal_year for month in demo.months})
    for ward in demo.wards:
        random = demo.random_for(f"costs:commitments:{ward.code}")
        rows = []
        for year in years:
            name = commitment_id(ward, year)
            if name in used:
                yearly = used[name] * 12 / len(months[name]) * random.randint(92, 128) / 100
                rows.append(_row(ward, year, yearly.quantize(Decimal(1))))
        _record(demo, ward, rows)


def _row(ward: Organisation, year: FiscalYear, cost: Decimal) -> dict[str, Any]:
    start = datetime.combine(year.start, MIDNIGHT)
    end = datetime.combine(year.end + timedelta(days=1), MIDNIGHT)
    return {
        "ContractCommitmentId": commitment_id(ward, year),
        "ContractCommitmentCategory": "Spend",
        "ContractCommitmentType": MADE_UP,
        "ContractCommitmentDescription": f"{COMMITTED_SERVICE}の1年の約束({year.label})",
        "ContractCommitmentCost": cost,
        "ContractCommitmentPeriodStart": start,
        "ContractCommitmentPeriodEnd": end,
        "ContractId": f"{MADE_UP}-{ward.code}",
        "ContractPeriodStart": start,
        "ContractPeriodEnd": end,
        "BillingCurrency": "USD",
        "ServiceProviderName": PROVIDER,
        "x_month": str(year.months[0]),
        "x_part": PART,
    }


def _record(demo: Demonstration, ward: Organisation, rows: list[dict[str, Any]]) -> None:
    """Write a ward's commitments as the file of their first month, and record them as one bill."""
    if not rows:
        return
    schema = pa.schema([COMMITMENTS.schema.field(name) for name in rows[0]])
    with workspace() as folder:
        path = folder / "commitments.parquet"
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), path, compression="zstd")
        share = BillShare(rows[0]["x_month"], PART, "", "", path, len(rows), {}, {})
        staged = stage_file(
            COMMITMENTS,
            path,
            organisation_code=ward.code,
            month=share.month,
            part=PART,
            is_lasting=False,
        )
    bill = ConvertedBill(BillKind.COMMITMENT.value, "1.4", len(rows), 0, (share,))
    import_bill(
        demo.actor,
        organisation=ward,
        bill=bill,
        staged=[staged],
        file_name=f"{MADE_UP}-{ward.code}-commitments.parquet",
        sha256=sha256(staged.sha256.encode()).hexdigest(),
    )
