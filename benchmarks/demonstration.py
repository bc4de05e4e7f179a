"""``yui demo``: three fiscal years of demonstration data for 23 wards."""

import os
import sqlite3
import time
from pathlib import Path

from benchmarks.demonstration_home import demonstration_home
from benchmarks.processes import Cost, home
from benchmarks.results import Figure

TARGET_SECONDS = 60.0


def _plain_inserts(database: Path) -> tuple[Cost, int]:
    """Write the same rows into an empty file with SQL alone; return its cost and the number of statements."""
    with sqlite3.connect(database) as source, home() as folder:
        statements = list(source.iterdump())
        wall, cpu = time.monotonic(), sum(os.times()[:2])
        with sqlite3.connect(folder / "plain.sqlite3") as target:
            target.executescript("\n".join(statements))
        return Cost(time.monotonic() - wall, sum(os.times()[:2]) - cpu), len(statements)


def measure(scale: float) -> list[Figure]:
    """Measure one seeding (it is too long for several); the rooms' own times stand in the JSON."""
    made = demonstration_home()
    plain, statements = _plain_inserts(made.folder / "yui.sqlite3")
    detail = {"rooms": made.cost.output.splitlines(), "sql_statements": statements}
    beside = "the same rows as plain SQL"
    return [
        Figure(
            "demonstration data, wall", made.cost.wall, "s", plain.wall, beside, TARGET_SECONDS, detail=detail
        ),
        Figure("demonstration data, CPU", made.cost.cpu, "CPU-s", plain.cpu, beside),
    ]
