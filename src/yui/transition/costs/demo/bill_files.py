"""架空データ: bill lines in the shape of the lake, and the way of a made-up bill into it.

The bills go the way of real files: Arrow tables of FOCUS rows, staged in the lake and recorded by
``import_bill``.
"""

from datetime import datetime, time
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from yui.kernel.calendar_jp import FiscalYear, Month, Period
from yui.kernel.demonstration import Demonstration
from yui.kernel.lake.staging import stage_file, workspace
from yui.kernel.scope.models import Organisation
from yui.transition.costs.demo.pricing import MADE_UP
from yui.transition.costs.engine.rows import BillShare, ConvertedBill, add_amounts
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.formats.ledger import LEDGER_PART
from yui.transition.costs.operations.import_bill import import_bill

COST_COLUMNS = ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")
MIDNIGHT = time()


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
    demo: Demonstration, ward: Organisation, year: FiscalYear, kind: str, rows: list[dict[str, Any]]
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
                organisation_code=ward.code,
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
    name = f"{MADE_UP}-{ward.code}-{year.year}-{kind}.parquet"
    import_bill(
        demo.actor,
        organisation=ward,
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
    provider = "" if first["x_part"].startswith(LEDGER_PART) else first["x_provider"]
    return BillShare(
        month, first["x_part"], provider, first["BillingAccountId"], path, len(rows), total, total
    )
