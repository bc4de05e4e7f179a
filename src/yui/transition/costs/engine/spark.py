"""The monthly roll-up on Spark, for a lake that has outgrown one machine.

The same grouping over the same Parquet files as ``roll_up_query``, with the same decimals: a sum of
``DECIMAL(38, 18)`` stays one in Spark and in DuckDB.
"""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yui.transition.costs.engine.roll_up import NAMED_BY_TAG, Rules

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SYSTEM_LENGTH = 80
RollUpRow = tuple[str, str, str, str, str, Decimal, Decimal, int]
"""Part, month, system, 経費区分, currency, billed, effective, lines."""


def roll_up_on_spark(session: "SparkSession", paths: Sequence[Path], rules: Rules) -> list[RollUpRow]:
    """Return the roll-up of the lake files ``paths``, in the order of its keys.

    Args:
        paths: files of ``costs_charges`` in their ``organisation=…/month=…`` folders.
    """
    if not paths:
        return []
    # Heavy and optional, as above.
    from pyspark.sql import functions as F

    lines = _lines(session, paths)
    lines = _with_rules(session, lines, rules)
    category = F.coalesce(_column(lines, "x_cost_category"), F.lit("other"))
    grouped = lines.groupBy(
        F.col("x_part"),
        F.col("month"),
        F.substring(F.col("x_system"), 1, SYSTEM_LENGTH).alias("system_code"),
        category.alias("cost_category"),
        F.col("BillingCurrency").alias("currency"),
    ).agg(
        F.sum("BilledCost").alias("billed"),
        F.sum("EffectiveCost").alias("effective"),
        F.count(F.lit(1)).alias("row_count"),
    )
    return sorted((tuple(row) for row in grouped.collect()), key=lambda row: row[:5])


def _lines(session: "SparkSession", paths: Sequence[Path]) -> "DataFrame":
    """Read the files; the month is that of the folder, as text."""
    # Heavy and optional, as above.
    from pyspark.sql import functions as F

    found = session.read.option("mergeSchema", "true").parquet(*map(str, paths))
    month = F.regexp_extract(F.input_file_name(), "/month=([0-9]{4}-[0-9]{2})/", 1)
    return found.withColumn("month", month)


def _with_rules(session: "SparkSession", lines: "DataFrame", rules: Rules) -> "DataFrame":
    """Add ``x_system``: what the first rule that fits says, else the line's own tag, else nothing."""
    # Heavy and optional, as above.
    from pyspark.sql import functions as F

    answers: list[Any] = []
    for number, (column, codes) in enumerate(rules.columns):
        value, code = f"x_value_{number}", f"x_code_{number}"
        table = session.createDataFrame(list(codes.items()), f"{value} string, {code} string")
        lines = lines.withColumn(f"x_key_{number}", _column(lines, column).cast("string"))
        lines = lines.join(F.broadcast(table), F.col(f"x_key_{number}") == F.col(value), "left")
        answers.append(F.col(code))
    return lines.withColumn("x_system", F.coalesce(*answers, _column(lines, NAMED_BY_TAG), F.lit("")))


def _column(lines: "DataFrame", name: str) -> Any:
    """Return a column, null throughout where no file has it."""
    # Heavy and optional, as above.
    from pyspark.sql import functions as F

    return F.col(f"`{name}`") if name in lines.columns else F.lit(None).cast("string")
