"""Reading the lake with DuckDB, inside this process, over exactly the files that the manifest calls live."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

from django.conf import settings

from yui.kernel.lake.datasets import Dataset
from yui.kernel.lake.errors import LakeFileMissing, LakeQueryTooLarge, LakeQueryTooLong
from yui.kernel.lake.models import LakeFile, LakeFileQuerySet
from yui.kernel.lake.quoting import identifier, literal
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.shapes import by_presence, by_shape

if TYPE_CHECKING:
    import duckdb

    # Heavy: most processes never come here.
    import pyarrow as pa

__all__ = [
    "Source",
    "connection",
    "engine_settings",
    "fetch",
    "fetch_rows",
    "identifier",
    "literal",
    "narrow_relation",
    "relation",
    "sql_type",
    "stopped_after",
]

DEFAULT_THREADS = 2
DEFAULT_MEMORY = "1GB"


@dataclass(frozen=True)
class Source:
    """The live files of one dataset that a query reads.

    Args:
        dataset: what the rows are.
        reach: how far the reader may reach.
        organisations: codes to keep, ``None`` for all within reach.
        months: ``YYYY-MM`` texts to keep, ``None`` for all.
        batches: imports to keep, ``None`` for all within reach.
        parts: file parts (billing accounts) to keep, ``None`` for all.
        part_range: first and last file part (hours) to keep in the order of text, ``None`` for all.
        columns: names and SQL types of the only columns that the query names, ``None`` for all; files of
            hundreds of columns, each file others, are then read without looking at the rest.
    """

    dataset: Dataset
    reach: Reach
    organisations: Sequence[str] | None = None
    months: Sequence[str] | None = None
    batches: Sequence[str] | None = None
    parts: Sequence[str] | None = None
    part_range: tuple[str, str] | None = None
    columns: Mapping[str, str] | None = None

    def files(self) -> LakeFileQuerySet:
        """Return the manifest rows of the files that the query will read."""
        files = LakeFile.objects.live().filter(dataset=self.dataset.name)
        limits: tuple[tuple[str, Iterable[str] | None], ...] = (
            ("organisation_code", self.reach.codes),
            ("batch", self.reach.batches),
            ("organisation_code", self.organisations),
            ("month", self.months),
            ("batch", self.batches),
            ("part", self.parts),
        )
        for field, values in limits:
            if values is not None:
                files = files.filter(**{f"{field}__in": sorted(values)})
        if self.part_range is not None:
            files = files.filter(part__gte=self.part_range[0], part__lte=self.part_range[1])
        return files


def fetch(
    sql: str,
    sources: Mapping[str, Source],
    parameters: Mapping[str, Any] | None = None,
    *,
    seconds: float | None = None,
) -> "pa.Table":
    """Run ``sql`` and return its answer as an Arrow table.

    ``{name}`` in the text stands for the source of that name, a relation with the dataset's columns (null
    where a file lacks one), whatever else the files hold, and ``organisation`` and ``month`` as text. Values
    go in as parameters (``$name``), never into the text.

    Args:
        seconds: after how long the query is stopped; None for never.

    Raises:
        LakeFileMissing: when a live file cannot be read.
        LakeQueryTooLong: when it took longer than ``seconds``.
        LakeQueryTooLarge: when it needed more memory than the lake may use.
    """
    with _told_when_missing(), stopped_after(seconds) as cursor:
        return cursor.sql(_located(sql, sources), params=dict(parameters or {})).to_arrow_table()


def fetch_rows(
    sql: str,
    sources: Mapping[str, Source],
    parameters: Mapping[str, Any] | None = None,
    *,
    seconds: float | None = None,
) -> list[tuple[Any, ...]]:
    """Run ``sql`` as in ``fetch`` and return its answer as tuples."""
    with _told_when_missing(), stopped_after(seconds) as cursor:
        return cursor.execute(_located(sql, sources), dict(parameters or {})).fetchall()


@contextmanager
def stopped_after(seconds: float | None) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Give a cursor whose queries are stopped once ``seconds`` have passed.

    Raises:
        LakeQueryTooLong: when that happened.
        LakeQueryTooLarge: when a query needed more memory than the lake may use.
    """
    # Heavy: most processes never come here.
    import duckdb

    cursor = connection()
    timer = None if seconds is None else Timer(seconds, cursor.interrupt)
    if timer is not None:
        timer.daemon = True
        timer.start()
    try:
        yield cursor
    except duckdb.InterruptException as error:
        raise LakeQueryTooLong(seconds or 0) from error
    except duckdb.OutOfMemoryException as error:
        raise LakeQueryTooLarge from error
    finally:
        if timer is not None:
            timer.cancel()
            # Its thread holds the cursor: it must be gone before the process may end.
            timer.join()


def _located(sql: str, sources: Mapping[str, Source]) -> str:
    """Put the live files of each source in the place of its name."""
    for name, source in sources.items():
        paths = [settings.LAKE / path for path in source.files().values_list("path", flat=True)]
        if source.columns is None:
            found = relation(source.dataset, paths)
        else:
            found = narrow_relation(source.columns, paths)
        sql = sql.replace(f"{{{name}}}", found)
    return sql


@contextmanager
def _told_when_missing() -> Iterator[None]:
    """Turn DuckDB's words about an unreadable file into the lake's own error."""
    # DuckDB costs 40 ms to import, which pages that never touch the lake need not pay.
    import duckdb

    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise LakeFileMissing(str(error).splitlines()[0]) from error


def relation(dataset: Dataset, paths: Sequence[Path]) -> str:
    """Return SQL for the rows of ``paths`` with every column of the dataset, also when there is no file."""
    empty = ", ".join(f"NULL::{sql_type(field.type)} AS {identifier(field.name)}" for field in dataset.schema)
    typed = f"SELECT {empty}, NULL::VARCHAR AS organisation, NULL::VARCHAR AS month WHERE false"
    if not paths:
        return f"({typed})"
    options = "hive_partitioning = true, hive_types = {'organisation': VARCHAR, 'month': VARCHAR}"
    groups = (
        ", ".join(map(literal, group)) for group in by_shape(connection(), [str(path) for path in paths])
    )
    found = [f"SELECT * FROM read_parquet([{files}], {options})" for files in groups]  # noqa: S608
    return f"({' UNION ALL BY NAME '.join([typed, *found])})"


def narrow_relation(columns: Mapping[str, str], paths: Sequence[Path]) -> str:
    """Return SQL for the rows of ``paths`` with these columns only, null where a file lacks one.

    Args:
        columns: SQL types by name; a name may differ from that in a file by case. ``organisation`` and
            ``month`` are always there as well, and ``lake_file`` and ``lake_row``: path and row number.
    """
    if not paths:
        empty = [f"NULL::{kind} AS {identifier(name)}" for name, kind in columns.items()]
        texts = [f"NULL::VARCHAR AS {name}" for name in ("organisation", "month", "lake_file")]
        return f"(SELECT {', '.join([*empty, *texts])}, NULL::BIGINT AS lake_row WHERE false)"
    options = "hive_partitioning = true, hive_types = {'organisation': VARCHAR, 'month': VARCHAR}"
    found = []
    for group in by_presence(connection(), [str(path) for path in paths], list(columns)):
        chosen = [
            f"{identifier(name)}::{kind} AS {identifier(name)}"
            if name in group.columns
            else f"NULL::{kind} AS {identifier(name)}"
            for name, kind in columns.items()
        ]
        listed = ", ".join(map(literal, group.paths))
        found.append(
            f"SELECT {', '.join([*chosen, 'organisation', 'month'])}, filename AS lake_file, "  # noqa: S608
            f"file_row_number AS lake_row FROM read_parquet([{listed}], {options}, file_row_number = true)"
        )
    return f"({' UNION ALL '.join(found)})"


def sql_type(arrow_type: "pa.DataType") -> str:
    """Return DuckDB's name of an Arrow type used in a dataset's schema.

    Raises:
        TypeError: for a type that the lake does not use.
    """
    # Heavy: most processes never come here.
    import pyarrow as pa

    if pa.types.is_decimal(arrow_type):
        return f"DECIMAL({arrow_type.precision}, {arrow_type.scale})"
    for is_type, name in (
        (pa.types.is_string, "VARCHAR"),
        (pa.types.is_large_string, "VARCHAR"),
        (pa.types.is_timestamp, "TIMESTAMP"),
        (pa.types.is_date, "DATE"),
        (pa.types.is_int64, "BIGINT"),
        (pa.types.is_int32, "INTEGER"),
        (pa.types.is_int16, "SMALLINT"),
        (pa.types.is_float64, "DOUBLE"),
        (pa.types.is_boolean, "BOOLEAN"),
        (pa.types.is_binary, "BLOB"),
    ):
        if is_type(arrow_type):
            return name
    raise TypeError(f"the lake has no columns of type {arrow_type}")


def connection() -> "duckdb.DuckDBPyConnection":
    """Return a DuckDB cursor of this process; it can read the lake's folder and nothing else."""
    return _database(os.getpid(), str(settings.LAKE)).cursor()


@lru_cache(maxsize=2)
def _database(process: int, lake: str) -> "duckdb.DuckDBPyConnection":
    """Return the in-memory database of a process (a forked worker must not share its parent's)."""
    # Heavy: most processes never come here.
    import duckdb

    Path(lake).mkdir(parents=True, exist_ok=True)
    database = duckdb.connect(":memory:", config=engine_settings())
    database.execute(f"SET allowed_directories = [{literal(lake + '/')}]")
    # GLOBAL, since a cursor does not take over what was set for the connection that it comes from.
    database.execute("SET GLOBAL TimeZone = 'UTC'")
    # Files never change under their names, so their footers may be kept from one query to the next.
    database.execute("SET GLOBAL parquet_metadata_cache = true")
    # Wards have no way out: DuckDB neither fetches extensions nor opens addresses or other folders.
    database.execute("SET autoinstall_known_extensions = false")
    database.execute("SET autoload_known_extensions = false")
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")
    return database


def engine_settings() -> dict[str, Any]:
    """Return threads and memory for DuckDB from the settings ``LAKE_THREADS`` and ``LAKE_MEMORY``."""
    return {
        "threads": getattr(settings, "LAKE_THREADS", DEFAULT_THREADS),
        "memory_limit": getattr(settings, "LAKE_MEMORY", DEFAULT_MEMORY),
        "temp_directory": str(settings.LAKE / ".spill"),
    }
