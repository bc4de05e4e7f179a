"""Synthetic FOCUS rows for the benchmarks of costs, written by DuckDB: the same rows for the same numbers.

Every value is a function of the row's number, so nothing has to be drawn at random or kept. Amounts carry
eleven decimals and tags are JSON, as in real exports; names are made up (架空データ).
"""

from pathlib import Path

import duckdb

ONE_MONTH = "2026-04-01 00:00:00", "2026-05-01 00:00:00"
SERVICES = "['仮想サーバー', 'データベース', 'オブジェクトストレージ', 'メッセージ待ち行列', '負荷分散']"
CATEGORIES = "['Compute', 'Databases', 'Storage', 'Integration', 'Networking']"
SUBCATEGORIES = (
    "['Virtual Machines', 'Relational Databases', 'Object Storage', 'Messaging', 'Application Networking']"
)


def _cost(salt: int) -> str:
    """Return SQL for an amount between 0 and 10 with eleven decimals."""
    return f"CAST(hash(n + {salt}) % 1000000000000 AS DECIMAL(18, 0)) * 0.00000000001::DECIMAL(18, 11)"


def columns(start: str, end: str, accounts: int) -> dict[str, str]:
    """Return SQL over the row number ``n`` for the 46 columns of a FOCUS 1.2 export."""
    hour = f"(TIMESTAMP '{start}' + to_hours(CAST(n // 7 % 672 AS INTEGER)))"
    service = "CAST(n % 5 AS INTEGER) + 1"
    return {
        "AvailabilityZone": "CASE n % 3 WHEN 0 THEN 'region-1' || chr(CAST(97 + n % 4 AS INTEGER)) END",
        "BilledCost": _cost(1),
        "BillingAccountId": f"'1234567890' || lpad(CAST(n % {accounts} AS VARCHAR), 3, '0')",
        "BillingAccountName": "'架空アカウント'",
        "BillingCurrency": "'USD'",
        "BillingPeriodEnd": f"'{end}'",
        "BillingPeriodStart": f"'{start}'",
        "ChargeCategory": "'Usage'",
        "ChargeClass": "NULL",
        "ChargeDescription": f"'$0.40 per million requests of {{}} in Tier1 ' || {SERVICES}[{service}]",
        "ChargeFrequency": "'Usage-Based'",
        "ChargePeriodEnd": f"strftime({hour} + INTERVAL 1 HOUR, '%Y-%m-%d %H:%M:%S')",
        "ChargePeriodStart": f"strftime({hour}, '%Y-%m-%d %H:%M:%S')",
        "CommitmentDiscountCategory": "CASE WHEN n % 10 = 0 THEN 'Spend' END",
        "CommitmentDiscountId": "CASE WHEN n % 10 = 0 THEN 'arn:架空:savingsplan/' || n % 23 END",
        "CommitmentDiscountName": "CASE WHEN n % 10 = 0 THEN 'コンピュート割引' END",
        "CommitmentDiscountStatus": "CASE WHEN n % 10 = 0 THEN 'Used' END",
        "CommitmentDiscountType": "CASE WHEN n % 10 = 0 THEN 'Savings Plan' END",
        "ConsumedQuantity": f"{_cost(2)} * 100",
        "ConsumedUnit": "'Requests'",
        "ContractedCost": _cost(3),
        "ContractedUnitPrice": "CAST(n % 977 AS DECIMAL(18, 0)) * 0.0000004::DECIMAL(18, 7)",
        "EffectiveCost": _cost(4),
        "InvoiceIssuerName": "'架空クラウド'",
        "ListCost": _cost(5),
        "ListUnitPrice": "CAST(n % 991 AS DECIMAL(18, 0)) * 0.0000004::DECIMAL(18, 7)",
        "PricingCategory": "'Standard'",
        "PricingQuantity": f"{_cost(6)} * 100",
        "PricingUnit": "'Requests'",
        "ProviderName": "'架空クラウド'",
        "PublisherName": "'架空クラウド'",
        "RegionId": "'region-1'",
        "RegionName": "'架空地域(東日本)'",
        "ResourceId": "'arn:架空:queue:region-1:347410479675:' || md5(CAST(n % 20000 AS VARCHAR))",
        "ResourceName": "CASE WHEN n % 2 = 0 THEN 'r-' || n % 20000 END",
        "ResourceType": "CASE WHEN n % 2 = 0 THEN 'キュー' END",
        "ServiceCategory": f"{CATEGORIES}[{service}]",
        "ServiceName": f"{SERVICES}[{service}]",
        "ServiceSubcategory": f"{SUBCATEGORIES}[{service}]",
        "SkuId": "'SKU' || upper(substr(md5(CAST(n % 500 AS VARCHAR)), 1, 13))",
        "SkuMeter": "'Requests'",
        "SkuPriceId": "'SKU' || upper(substr(md5(CAST(n % 500 AS VARCHAR)), 1, 27))",
        "SubAccountId": "'5173892' || lpad(CAST(n % 40 AS VARCHAR), 4, '0')",
        "SubAccountName": "'account ' || n % 40",
        "Tags": (
            "CASE WHEN n % 8 > 0 THEN '{\"system\": \"S-' || lpad(CAST(n % 21 + 1 AS VARCHAR), 3, '0') || "
            '\'", "environment": "prod", "business_unit": "情報政策課"}\' END'
        ),
        "InvoiceId": "'INV-2026-04-001'",
    }


def write_focus_csv(file: Path, rows: int, accounts: int = 1) -> None:
    """Write a bill of one month as CSV, texts quoted and nulls empty (about 800 MB for a million rows).

    Args:
        accounts: how many billing accounts take turns; Yui keeps a file for each.
    """
    chosen = columns(*ONE_MONTH, accounts)
    numbers = {name for name, sql in chosen.items() if "DECIMAL" in sql}
    quoted = ", ".join(f'"{name}"' for name in chosen if name not in numbers)
    fields = ", ".join(f'{sql} AS "{name}"' for name, sql in chosen.items())
    with duckdb.connect(":memory:", config={"threads": 2}) as database:
        database.execute("SET enable_progress_bar = false")
        database.execute(
            f"COPY (SELECT {fields} FROM range({rows}) AS t(n)) TO '{file}' "
            f"(FORMAT csv, HEADER true, FORCE_QUOTE ({quoted}))"
        )
