"""Turns the FOCUS rows of a 契約・支出 ledger into Parquet files for the lake."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from yui.transition.costs.engine.rows import BillShare, ConvertedBill
from yui.transition.costs.formats.errors import NoGoodRow
from yui.transition.costs.formats.ledger import LedgerFile

LEDGER = "ledger"


def convert_ledger(ledger: LedgerFile, workspace: Path, schema: pa.Schema) -> ConvertedBill:
    """Write the rows of ``ledger`` by month and account into ``workspace``.

    Raises:
        NoGoodRow: when no row could be read.
    """
    if not ledger.rows:
        raise NoGoodRow(ledger.problems)
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in ledger.rows:
        groups.setdefault((row["x_month"], row["x_part"]), []).append(row)
    shares = tuple(
        _share(month, key, rows, workspace / f"share-{number}.parquet", schema)
        for number, ((month, key), rows) in enumerate(sorted(groups.items()))
    )
    total = sum((share.billed["JPY"] for share in shares), Decimal(0))
    return ConvertedBill(
        kind=LEDGER,
        version="",
        rows_accepted=len(ledger.rows),
        rows_rejected=len(ledger.problems),
        shares=shares,
        problems=ledger.problems,
        billed={"JPY": total},
        effective={"JPY": total},
    )


def _share(month: str, key: str, rows: Sequence[dict[str, Any]], path: Path, schema: pa.Schema) -> BillShare:
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), path, compression="zstd")
    total = sum((row["BilledCost"] for row in rows), Decimal(0))
    return BillShare(
        month=month,
        key=key,
        provider="",
        account=rows[0]["BillingAccountId"],
        path=path,
        rows=len(rows),
        billed={"JPY": total},
        effective={"JPY": total},
    )
