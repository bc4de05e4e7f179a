"""The bridge between two months over a million bill lines."""

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.processes import YUI, environment, home, run
from benchmarks.results import Figure

ROWS = 1_000_000
SEED = 20260401
SYSTEMS, SKUS = 50, 400
MONTHS = ("2026-04", "2026-05")
REPEATS = 3
TARGET_SECONDS = 5.0


def write_bill(file: Path, rows: int) -> None:
    """Write a FOCUS 1.3 bill in Parquet of two months and so many lines, in dollars."""
    # Heavy, and needed here only.
    import pyarrow as pa
    import pyarrow.parquet as pq

    random = Random(SEED)
    months = [MONTHS[number % 2] for number in range(rows)]
    begun = [datetime.fromisoformat(f"{month}-01T00:00:00+00:00") for month in months]
    ended = [datetime.fromisoformat(f"{month}-28T00:00:00+00:00") for month in months]
    costs = [Decimal(random.randint(1, 10**9)).scaleb(-8) for _number in range(rows)]
    money = pa.decimal128(38, 18)
    table = pa.table(
        {
            "ServiceProviderName": ["架空クラウド"] * rows,
            "HostProviderName": ["架空クラウド"] * rows,
            "InvoiceIssuerName": ["架空クラウド"] * rows,
            "BillingAccountId": ["1000"] * rows,
            "BillingAccountName": ["架空アカウント"] * rows,
            "BillingPeriodStart": begun,
            "BillingPeriodEnd": ended,
            "ChargePeriodStart": begun,
            "ChargePeriodEnd": ended,
            "ChargeCategory": ["Usage"] * rows,
            "ChargeClass": pa.nulls(rows, pa.string()),
            "ChargeDescription": ["利用"] * rows,
            **{
                name: pa.array(costs, money)
                for name in ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")
            },
            "PricingQuantity": pa.array(
                [Decimal(random.randint(1, 10**7)).scaleb(-4) for _number in range(rows)], money
            ),
            "PricingUnit": ["Hours"] * rows,
            "BillingCurrency": ["USD"] * rows,
            "ServiceName": [f"サービス{number // 2 % 20:02d}" for number in range(rows)],
            "ServiceCategory": ["Compute"] * rows,
            "SkuId": [f"sku-{number // 2 % SKUS:04d}" for number in range(rows)],
            "ResourceId": [f"r-{number % 5000:05d}" for number in range(rows)],
            "Tags": [f'{{"system": "S-{number // 2 // SKUS % SYSTEMS:03d}"}}' for number in range(rows)],
        }
    )
    pq.write_table(table, file, compression="zstd")


def measure(scale: float) -> list[Figure]:
    """Import two months of one ward, then explain their difference three times as a whole process."""
    rows = int(ROWS * scale)
    with home() as folder:
        env, file = environment(folder), folder / "bill.parquet"
        write_bill(file, rows)
        run([*YUI, "migrate", "-v0"], env)
        run([*YUI, "costs", "import", str(file), "--ward", "131032", "--json"], env)
        for month, yen in zip(MONTHS, ("149.85", "155.2"), strict=True):
            run([*YUI, "costs", "set-rate", "USD", month, yen, "--source", "架空データ"], env)
        command = [*YUI, "costs", "bridge", "--from", MONTHS[0], "--to", MONTHS[1], "--json"]
        runs = [run(command, env) for _number in range(REPEATS)]
        told = json.loads(runs[-1].output.splitlines()[-1])
    if told["rows"] != rows or told["residual"] != 0:
        raise RuntimeError(f"{told['rows']} of {rows} lines, {told['residual']} yen unexplained")
    return [
        Figure(
            "explain two months, whole process",
            median(each.wall for each in runs),
            "s",
            target=TARGET_SECONDS,
            detail={"rows": rows, "items": told["items"]},
        )
    ]
