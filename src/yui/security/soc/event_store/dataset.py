"""The events of the lake: what every stored event has, and where a log's own fields lie."""

from typing import TYPE_CHECKING

from yui.kernel.lake.datasets import Dataset, register

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "soc_events"
FIELD_PREFIX = "f_"
"""Columns of a log's own fields are named by it and the case-folded name of the field (``f_commandline``)."""
DOT = "·"
"""Stands for a dot in the name of a column, which Spark would take for the part of a structure."""
LONGEST_NAME = 120
_UNFIT = frozenset("{}`" + DOT)
LIST_MARK = "\x1f"
"""Stands before, between and after the members of a list, so that each can be found as a whole."""

FACTS: dict[str, str] = {
    "event_id": "BLOB",
    "time": "TIMESTAMP",
    "received": "TIMESTAMP",
    "clock": "VARCHAR",
    "told_time": "BIGINT",
    "product": "VARCHAR",
    "category": "VARCHAR",
    "service": "VARCHAR",
    "channel": "VARCHAR",
    "event_number": "BIGINT",
}
"""What the store itself knows of an event, by SQL type. ``clock`` is empty when the event's own time is
believed, else ``none``, ``past`` or ``future``; ``told_time`` is then the time told, in microseconds."""

NORMALISED: dict[str, str] = {
    "class_uid": "BIGINT",
    "activity_id": "BIGINT",
    "severity_id": "BIGINT",
    "host": "VARCHAR",
    "user": "VARCHAR",
    "src_ip": "VARCHAR",
    "dst_ip": "VARCHAR",
    "src_port": "BIGINT",
    "dst_port": "BIGINT",
    "process": "VARCHAR",
    "parent_process": "VARCHAR",
    "command_line": "VARCHAR",
    "file": "VARCHAR",
    "hash": "VARCHAR",
    "domain": "VARCHAR",
    "url": "VARCHAR",
}
"""The OCSF columns by SQL type, in the order in which ``engine.ocsf.ocsf_columns`` gives them."""

KEPT: dict[str, str] = {"identifier": "VARCHAR", "layout": "VARCHAR", "rest": "VARCHAR", "raw": "VARCHAR"}
"""The record as it came, how to put its fields together again, and fields without a column of their own."""

COLUMNS = FACTS | NORMALISED | KEPT
PRUNING = ("time", "product", "service", "channel", "event_number", "class_uid")
"""Columns whose least and greatest values are written per row group, so that readers can pass over groups."""


def _schema() -> "pa.Schema":
    """Return the Arrow schema of ``COLUMNS``."""
    # Heavy: most processes never come here.
    import pyarrow as pa

    kinds = {
        "BLOB": pa.binary(),
        "TIMESTAMP": pa.timestamp("us"),
        "VARCHAR": pa.string(),
        "BIGINT": pa.int64(),
    }
    return pa.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])


def events() -> Dataset:
    """Return the dataset of events, registered for sweeping and verifying."""
    global _events
    if _events is None:
        _events = register(Dataset(NAME, _schema()))
    return _events


_events: Dataset | None = None


def may_have_column(name: str) -> bool:
    """Tell whether a field of this name may have a column of its own.

    Hostile names have none: empty, very long, with control characters, or with signs that mean something to
    the lake's SQL (braces) or to Spark (back quotes).
    """
    return 0 < len(name) <= LONGEST_NAME and name.isprintable() and not _UNFIT.intersection(name)


def field_column(name: str) -> str:
    """Return the column in which the values of the field ``name``, whatever its case, lie."""
    return FIELD_PREFIX + name.casefold().replace(".", DOT)
