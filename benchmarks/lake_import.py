"""A bill of a million FOCUS rows into the lake."""

import json
import sys
from pathlib import Path
from random import Random

from benchmarks.processes import YUI, environment, home, run
from benchmarks.results import Figure

ROWS = 1_000_000
SEED = 20260401
COLUMNS = (
    "ProviderName,PublisherName,InvoiceIssuerName,BillingAccountId,BillingAccountName,SubAccountId,"
    "BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeClass,"
    "ChargeDescription,BilledCost,EffectiveCost,ListCost,ContractedCost,PricingQuantity,PricingUnit,"
    "BillingCurrency,ServiceName,ServiceCategory,ResourceId,RegionId,Tags"
)
SERVICES = (("仮想サーバー", "Compute"), ("データベース", "Databases"), ("オブジェクトストレージ", "Storage"))
DUCKDB = (
    "import duckdb,sys;duckdb.sql(f\"COPY (FROM read_csv('{sys.argv[1]}')) "
    "TO '{sys.argv[2]}' (FORMAT parquet, COMPRESSION zstd)\")"
)


def write_bill(file: Path, rows: int) -> None:
    """Write a FOCUS 1.0 bill of one month, the same bytes for the same seed."""
    random = Random(SEED)
    with file.open("w", encoding="utf-8", newline="\n") as target:
        target.write(COLUMNS + "\n")
        for number in range(rows):
            day, hour, account = number // 24 % 30 + 1, number % 24, number % 40
            service, category = SERVICES[number % 3]
            cost = f"{random.randint(1, 10**9) / 10**8:.8f}"
            start = f"2026-04-{day:02d}T{hour:02d}:00:00Z"
            end = f"2026-04-{day:02d}T{hour:02d}:59:59Z"
            target.write(
                f"架空クラウド,架空クラウド,架空クラウド,1000{account:02d},架空アカウント,2000{account:02d},"
                f"2026-04-01T00:00:00Z,2026-05-01T00:00:00Z,{start},{end},Usage,,{service}の利用,"
                f"{cost},{cost},{cost},{cost},1.0,Hours,USD,{service},{category},"
                f"r-{number % 5000:05d},region-1,"
                f'"{{""system"":""S-{number % 50:03d}"",""environment"":""prod""}}"\n'
            )


def measure(scale: float) -> list[Figure]:
    """Import the file once with `yui costs import`, beside DuckDB's own conversion to Parquet."""
    rows = int(ROWS * scale)
    with home() as folder:
        env, file = environment(folder), folder / "bill.csv"
        write_bill(file, rows)
        run([*YUI, "migrate", "-v0"], env)
        ours = run([*YUI, "costs", "import", str(file), "--ward", "131032", "--json"], env)
        told = json.loads(ours.output.splitlines()[-1])
        if told["rows_accepted"] != rows:
            raise RuntimeError(f"{told['rows_accepted']} of {rows} rows: {told['errors'][:3]}")
        bare = run([sys.executable, "-c", DUCKDB, str(file), str(folder / "bare.parquet")], env)
        size = file.stat().st_size
    detail = {"rows": rows, "bytes": size, "cpu_rows_per_s": rows / ours.cpu}
    beside = "DuckDB's CSV to Parquet, nothing checked"
    return [
        Figure("import a FOCUS bill, wall", ours.wall, "s", bare.wall, beside, detail=detail),
        Figure("import a FOCUS bill, CPU", ours.cpu, "CPU-s", bare.cpu, beside, detail=detail),
    ]
