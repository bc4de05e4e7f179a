"""The monthly roll-up on Spark, for a lake that has outgrown one machine.

The same grouping over the same Parquet files as ``roll_up_query``, with the same decimals: a sum of
``DECIMAL(38, 18)`` stays one in Spark and in DuckDB. Spark runs in this process, bound to loopback.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yui.transition.costs.engine.roll_up import NAMED_BY_TAG, Rules
from yui.transition.costs.formats.errors import SparkMissing

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LOOPBACK = "127.0.0.1"
SYSTEM_LENGTH = 80
RollUpRow = tuple[str, str, str, str, str, Decimal, Decimal, int]
"""Part, month, system, 経費区分, currency, billed, effective, lines."""


@contextmanager
def spark_session(folder: Path, *, threads: int = 2, memory: str = "1g") -> "Iterator[SparkSession]":
    """Give a Spark of this process that listens on loopback only and shows no pages.

    Args:
        folder: for what Spark spills and keeps; removed by the caller.

    Raises:
        SparkMissing: when PySpark or a Java runtime is not installed.
    """
    try:
        # Heavy and optional: only installations with the extra ``spark`` have it.
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkMissing("PySpark") from error
    settings = {
        "spark.driver.bindAddress": LOOPBACK,
        "spark.driver.host": LOOPBACK,
        "spark.driver.memory": memory,
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        # Times without a zone, as the lake keeps them, must not be moved by the machine's zone.
        "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
        "spark.sql.shuffle.partitions": str(2 * threads),
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    builder = SparkSession.builder.master(f"local[{threads}]").appName("yui-roll-up")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, FileNotFoundError) as error:
        raise SparkMissing("Java") from error
    session.sparkContext.setLogLevel("ERROR")
    # The bridge to Java tells of every closed connection, even when the process has closed its own output.
    logging.getLogger("py4j").setLevel(logging.WARNING)
    try:
        yield session
    finally:
        session.stop()


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
