"""Fills the lake with bill lines of 23 wards and asks six questions, by Yui and by plain SQL, in turn."""

import time
from decimal import Decimal
from statistics import median
from typing import Any

import duckdb
from django.conf import settings

from benchmarks.bills import columns
from yui.kernel.calendar_jp import Month
from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.publishing import publish
from yui.kernel.lake.reading import engine_settings
from yui.kernel.lake.staging import stage_file, workspace
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.operations.ensure_organisations import ensure_organisations
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.formats.focus_columns import COST_AND_USAGE, Kind
from yui.transition.costs.queries import questions

SYSTEM = Actor.system("benchmark")
MONTHS = 24
TIMES = 5
BEFORE, AFTER = "2025-10", "2026-03"
KINDS = {column.name: column.kind for column in COST_AND_USAGE}
TYPES = {Kind.NUMBER: "DECIMAL(38, 18)", Kind.TIME: "TIMESTAMP"}


def _fill(rows: int, folder: Any) -> None:
    """Write and publish one file for each ward and month, in the lake's own types."""
    wards = list(Organisation.objects.wards())
    last = Month(2026, 3)
    months = Month.between(last.shift(1 - MONTHS), last)
    each = max(50, rows // (len(wards) * len(months)))
    staged = []
    with duckdb.connect(":memory:", config={"threads": 2}) as database:
        for place, (ward, month) in enumerate((ward, month) for ward in wards for month in months):
            sql = columns(f"{month}-01 00:00:00", f"{month.next()}-01 00:00:00", 1)
            fields = [
                f"CAST({text} AS {TYPES.get(KINDS.get(name, Kind.TEXT), 'VARCHAR')}) AS {name}"
                for name, text in sql.items()
            ]
            fields += [f"'{month}' AS x_month", "'架空' AS x_part", "'架空クラウド' AS x_provider"]
            fields += ["'cloud' AS x_cost_category", "Tags->>'system' AS x_tag_system"]
            path = folder / f"{place}.parquet"
            database.execute(
                f"COPY (SELECT {', '.join(fields)} FROM range({place * each}, {(place + 1) * each}) AS t(n)) "
                f"TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
            )
            staged.append(
                stage_file(
                    CHARGES,
                    path,
                    organisation_code=ward.code,
                    month=str(month),
                    part="架空",
                    is_lasting=False,
                )
            )
    publish(staged, batch="bench")


def _plain() -> dict[str, str]:
    """Return the same questions as somebody would type them, over the same files."""
    paths = ", ".join(f"'{settings.LAKE / path}'" for path in LakeFile.objects.values_list("path", flat=True))
    lake = f"read_parquet([{paths}], hive_partitioning = true, hive_types_autocast = false)"
    sums = "sum(BilledCost), sum(EffectiveCost), count(*)"
    sides = ", ".join(
        f"sum({column}) FILTER (month = '{month}') AS {name}"
        for month, names in ((BEFORE, ("c0", "q0")), (AFTER, ("c1", "q1")))
        for name, column in zip(names, ("EffectiveCost", "PricingQuantity"), strict=True)
    )
    effects = (
        f"SELECT SkuPriceId, PricingUnit, BillingCurrency, {sides} "
        f"FROM {lake} WHERE month IN ('{BEFORE}', '{AFTER}') GROUP BY ALL"
    )
    tag = "json_extract_string(Tags, '$.\"business_unit\"')"
    window = "OVER (PARTITION BY organisation ORDER BY day ROWS 27 PRECEDING)"
    return {
        "ward × system × month": (
            f"SELECT organisation, x_tag_system, month, BillingCurrency, {sums} FROM {lake} GROUP BY ALL"
        ),
        "through a tag in JSON": (
            f"SELECT organisation, {tag}, month, BillingCurrency, {sums} FROM {lake} GROUP BY ALL"
        ),
        "shared cost by weights": (
            f"SELECT month, w, cost * w / 276 FROM (SELECT month, sum(EffectiveCost) AS cost FROM {lake} "
            "WHERE x_tag_system = 'S-001' GROUP BY ALL), range(1, 24) AS t(w)"
        ),
        "billed and amortised": (
            f"SELECT organisation, month, ChargeCategory, CommitmentDiscountStatus, BillingCurrency, {sums} "
            f"FROM {lake} GROUP BY ALL"
        ),
        "price, volume, exchange": (
            "SELECT sum((c1 / q1 - c0 / q0) * (q0 * 149.85 + q1 * 155) / 2), "
            "sum((q1 - q0) * (c0 / q0 * 149.85 + c1 / q1 * 155) / 2), sum((c0 + c1) / 2 * 5.15) "
            f"FROM ({effects})"
        ),
        "daily median and distance": (
            f"SELECT *, median(cost::DOUBLE) {window}, mad(cost::DOUBLE) {window} FROM (SELECT organisation, "
            f"ChargePeriodStart::DATE AS day, sum(EffectiveCost) AS cost FROM {lake} GROUP BY ALL)"
        ),
    }


def _ours() -> dict[str, Any]:
    """Return the same questions as Yui asks them."""
    weights = {f"ward {number:02d}": number for number in range(1, 24)}
    rates = {"USD": (Decimal("149.85"), Decimal(155))}
    return {
        "ward × system × month": lambda: questions.ward_system_month(SYSTEM),
        "through a tag in JSON": lambda: questions.tag_values(SYSTEM, "business_unit"),
        "shared cost by weights": lambda: questions.shared_cost(SYSTEM, "S-001", weights),
        "billed and amortised": lambda: questions.billed_and_amortised(SYSTEM),
        "price, volume, exchange": lambda: questions.price_volume_exchange(SYSTEM, BEFORE, AFTER, rates),
        "daily median and distance": lambda: questions.daily_with_median(SYSTEM),
    }


def _timed(run: Any) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def main(rows: str) -> dict[str, Any]:
    """Return milliseconds of each question, ours and plain, the medians of five after a first run."""
    if not Organisation.objects.exists():
        ensure_organisations()
    with workspace() as folder:
        _fill(int(rows), folder)
    found: dict[str, Any] = {}
    plain, ours = _plain(), _ours()
    with duckdb.connect(":memory:", config=engine_settings()) as database:
        for name, sql in plain.items():

            def typed(sql: str = sql) -> None:
                database.execute(sql).fetchall()

            typed(), ours[name]()
            pairs = [(_timed(ours[name]), _timed(typed)) for _ in range(TIMES)]
            found[name] = {
                who: {"wall": median(p[i][0] for p in pairs), "cpu": median(p[i][1] for p in pairs)}
                for i, who in enumerate(("ours", "plain"))
            }
    files = LakeFile.objects.all()
    return {"questions": found, "rows": sum(file.rows for file in files), "files": len(files)}
