"""Spark over the lake's files, in this process and bound to loopback, for what has outgrown one machine."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from yui.kernel.lake.errors import SparkUnavailable

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOOPBACK = "127.0.0.1"


@contextmanager
def spark_session(
    folder: Path, *, name: str, threads: int = 2, memory: str = "1g"
) -> "Iterator[SparkSession]":
    """Give a Spark of this process that listens on loopback only and shows no pages.

    Its Python workers are this interpreter with this path, so that they run the very functions of the caller.

    Args:
        folder: for what Spark spills and keeps; removed by the caller.
        name: of the application, for Spark's own logs.

    Raises:
        SparkUnavailable: when PySpark or a Java runtime is not installed.
    """
    try:
        # Heavy and optional: only installations with the extra ``spark`` have it.
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkUnavailable("PySpark") from error
    settings = {
        "spark.driver.bindAddress": LOOPBACK,
        "spark.driver.host": LOOPBACK,
        "spark.driver.memory": memory,
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        # Times without a zone, as the lake keeps them, must not be moved by the machine's zone.
        "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
        "spark.sql.shuffle.partitions": str(2 * threads),
        "spark.pyspark.python": sys.executable,
        "spark.pyspark.driver.python": sys.executable,
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    builder = SparkSession.builder.master(f"local[{threads}]").appName(name)
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, FileNotFoundError) as error:
        raise SparkUnavailable("Java") from error
    session.sparkContext.setLogLevel("ERROR")
    # The bridge to Java tells of every closed connection, even when the process has closed its own output.
    logging.getLogger("py4j").setLevel(logging.WARNING)
    try:
        yield session
    finally:
        session.stop()
