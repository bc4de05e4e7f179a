"""A DuckDB database for one file: it reads nothing but files, and its faults are told in our words."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yui.kernel.lake.errors import LakeWriteFailed
from yui.transition.costs.formats.errors import UnreadableBill

if TYPE_CHECKING:
    import duckdb

_PATH = re.compile(r"""["']?/[^"'\s]+["']?""")


@contextmanager
def open_database(engine: Mapping[str, Any], workspace: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Give a DuckDB database that reads nothing but files, and say in our words what goes wrong with them."""
    # DuckDB costs 40 ms to import, which pages that never import a bill need not pay.
    import duckdb

    settings = {**engine, "temp_directory": str(workspace / "spill")}
    try:
        with duckdb.connect(":memory:", config=settings) as database:
            database.execute("SET TimeZone = 'UTC'")
            database.execute("SET autoinstall_known_extensions = false")
            # Without these DuckDB keeps no count of its progress; it must not draw one either.
            database.execute("SET enable_progress_bar = true")
            database.execute("SET enable_progress_bar_print = false")
            # Bills carry their own order in their times; giving it up lets DuckDB write while it reads.
            database.execute("SET preserve_insertion_order = false")
            yield database
    except duckdb.IOException as error:
        raise LakeWriteFailed(workspace, first_line(error)) from error


@contextmanager
def readable() -> Iterator[None]:
    """Say in our words that DuckDB cannot split the file into rows."""
    # Heavy: most processes never come here.
    import duckdb

    known = (duckdb.InvalidInputException, duckdb.SerializationException, duckdb.ConversionException)
    try:
        yield
    except duckdb.Error as error:
        # A damaged Parquet file gives an error of no kind; other kinds are the disk's or our own.
        if type(error) is not duckdb.Error and not isinstance(error, known):
            raise
        raise UnreadableBill(first_line(error)) from error


def first_line(error: Exception) -> str:
    """Return what DuckDB says first, without its kind of error and without paths of this machine."""
    line = str(error).strip().splitlines()[0].split(": ", 1)[-1]
    return _PATH.sub("", line)[:200]
