"""Converts the bytes of a provider's bill and gives its rows."""

import tempfile
from pathlib import Path

import duckdb

from yui.kernel.exchange.formats.limits import DEFAULT_LIMITS
from yui.transition.costs.engine.provider_conversion import convert_provider

ENGINE = {"threads": 1, "memory_limit": "400MB"}


def convert(data, name="bill", kind="", limits=DEFAULT_LIMITS):
    """The converted bill and its rows as dictionaries, in the order of the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        workspace = Path(folder) / "work"
        workspace.mkdir()
        bill = convert_provider(path, workspace, engine=ENGINE, kind=kind, limits=limits)
        with duckdb.connect() as database:
            found = database.execute(
                "SELECT * FROM read_parquet($p, union_by_name = true) "
                "ORDER BY CAST(x_source_row AS INTEGER), x_split NULLS FIRST",
                {"p": [str(share.path) for share in bill.shares]},
            )
            names = [column[0] for column in found.description]
            return bill, [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def cost(row):
    """Billed and effective cost of a row."""
    return row["BilledCost"], row["EffectiveCost"]
