"""A million FOCUS 1.2 rows in Parquet against every rule of the official requirements model."""

import json
import os
import sys
from pathlib import Path

from benchmarks.processes import YUI, Cost, environment, home, medians, run
from benchmarks.results import Figure, Skipped

ROWS = 1_000_000
RUNS = 3
MODEL = "costs/model/focus_requirements_model-1.2.json"
SECONDS, MEGABYTES = 3.0, 500.0
# What a row holds, by its number i: costs and identifiers differ from row to row, labels repeat as in bills.
COLUMNS = {
    "AvailabilityZone": "'apne1-az' || i % 3",
    "BilledCost": "COST",
    "BillingAccountId": "'10000' || i % 40",
    "BillingAccountName": "'架空アカウント' || i % 40",
    "BillingAccountType": "'Payer Account'",
    "BillingCurrency": "'USD'",
    "BillingPeriodEnd": "TIMESTAMP '2026-05-01'",
    "BillingPeriodStart": "TIMESTAMP '2026-04-01'",
    "CapacityReservationId": "CASE WHEN i % 50 = 0 THEN 'cr-' || i % 500 END",
    "CapacityReservationStatus": "CASE WHEN i % 50 = 0 THEN 'Used' END",
    "ChargeCategory": "'Usage'",
    "ChargeClass": "NULL::VARCHAR",
    "ChargeDescription": "'仮想サーバーの利用 ' || i % 9000",
    "ChargeFrequency": "'Usage-Based'",
    "ChargePeriodEnd": "TIMESTAMP '2026-04-01' + (i % 720 + 1) * INTERVAL 1 HOUR",
    "ChargePeriodStart": "TIMESTAMP '2026-04-01' + (i % 720) * INTERVAL 1 HOUR",
    "CommitmentDiscountCategory": "CASE WHEN i % 5 = 0 THEN 'Spend' END",
    "CommitmentDiscountId": "CASE WHEN i % 5 = 0 THEN 'sp-' || i % 200 END",
    "CommitmentDiscountName": "CASE WHEN i % 5 = 0 THEN '確約 ' || i % 200 END",
    "CommitmentDiscountQuantity": "CASE WHEN i % 5 = 0 THEN COST END",
    "CommitmentDiscountStatus": "CASE WHEN i % 5 = 0 THEN 'Used' END",
    "CommitmentDiscountType": "CASE WHEN i % 5 = 0 THEN 'Savings Plan' END",
    "CommitmentDiscountUnit": "CASE WHEN i % 5 = 0 THEN 'USD' END",
    "ConsumedQuantity": "1.5::DECIMAL(28, 12)",
    "ConsumedUnit": "'Hours'",
    "ContractedCost": "COST",
    "ContractedUnitPrice": "COST",
    "EffectiveCost": "COST",
    "InvoiceId": "'INV-' || i % 40",
    "InvoiceIssuerName": "'架空クラウド'",
    "ListCost": "COST",
    "ListUnitPrice": "COST",
    "PricingCategory": "CASE WHEN i % 5 = 0 THEN 'Committed' ELSE 'Standard' END",
    "PricingCurrency": "'USD'",
    "PricingCurrencyContractedUnitPrice": "COST",
    "PricingCurrencyEffectiveCost": "COST",
    "PricingCurrencyListUnitPrice": "COST",
    "PricingQuantity": "1::DECIMAL(28, 12)",
    "PricingUnit": "'Hours'",
    "ProviderName": "'架空クラウド'",
    "PublisherName": "'架空クラウド'",
    "RegionId": "'ap-northeast-' || i % 2",
    "RegionName": "'東京 ' || i % 2",
    "ResourceId": "'urn:cloud:server/' || md5(i::VARCHAR)",
    "ResourceName": "'server-' || i % 100000",
    "ResourceType": "'Server'",
    "ServiceCategory": "'Compute'",
    "ServiceName": "'仮想サーバー ' || i % 9",
    "ServiceSubcategory": "'Virtual Machines'",
    "SkuId": "'SKU-' || i % 3000",
    "SkuMeter": "'Compute Hours'",
    "SkuPriceDetails": "'{\"CoreCount\": ' || i % 64 || ', \"x_Series\": \"m' || i % 9 || '\"}'",
    "SkuPriceId": "'PRICE-' || i % 3000",
    "SubAccountId": "'2000' || i % 500",
    "SubAccountName": "'部署 ' || i % 500",
    "SubAccountType": "'Linked Account'",
    "Tags": '\'{"system": "S-\' || i % 400 || \'", "environment": "prod"}\'',
}
WRITE = """import duckdb, sys
duckdb.sql(f"COPY ({sys.argv[1]}) TO '{sys.argv[2]}' (FORMAT parquet, COMPRESSION zstd)")"""
SCAN = """import duckdb, sys
names = [row[0] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{sys.argv[1]}'").fetchall()]
asked = ", ".join(f'min("{name}"), max("{name}")' for name in names)
duckdb.execute("SET threads = 2")
print(duckdb.execute(f"SELECT count(*), {asked} FROM '{sys.argv[1]}'").fetchone()[0])"""


def measure(scale: float) -> list[Figure]:
    """Run `yui costs validate` with all criteria, beside DuckDB's least and greatest value of each column."""
    data = os.environ.get("YUI_SHARED_DATA", "")
    model = Path(data) / MODEL
    if not data or not model.is_file():
        raise Skipped(f"the official model is not here: set YUI_SHARED_DATA to the folder that holds {MODEL}")
    rows = int(ROWS * scale)
    with home() as folder:
        env, file = environment(folder), folder / "bill.parquet"
        run([sys.executable, "-c", WRITE, _select(rows), str(file)], env)
        command = [*YUI, "costs", "validate", str(file), "--model", str(model), "--criteria", "ALL", "--json"]
        ours = medians(RUNS, lambda: run(command, env))
        bare = medians(RUNS, lambda: run([sys.executable, "-c", SCAN, str(file)], env))
        size = file.stat().st_size
    told = json.loads(ours.output)
    if told["rows"] != rows or told["summary"]["fail"]:
        raise RuntimeError(f"{told['rows']} of {rows} rows, {told['summary']}")
    return _figures(ours, bare, {"rows": rows, "bytes": size, "summary": told["summary"]})


def _select(rows: int) -> str:
    """Return the SELECT that makes the rows; each breaks no rule."""
    cost = "((i * 7919 % 1000003) / 1000)::DECIMAL(28, 12)"
    cells = ", ".join(f"{sql.replace('COST', cost)} AS {name}" for name, sql in COLUMNS.items())
    return f"SELECT {cells} FROM range({rows}) AS rows(i)"


def _figures(ours: Cost, bare: Cost, detail: dict) -> list[Figure]:
    beside = "DuckDB's count, min and max of all columns"
    what = "every rule of FOCUS 1.2"
    return [
        Figure(f"{what}, wall", ours.wall, "s", bare.wall, beside, target=SECONDS, detail=detail),
        Figure(f"{what}, CPU", ours.cpu, "CPU-s", bare.cpu, beside, detail=detail),
        Figure(f"{what}, peak", ours.peak_mb, "MB", bare.peak_mb, beside, target=MEGABYTES, detail=detail),
    ]
