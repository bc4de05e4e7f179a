"""``yui demo``: three fiscal years of demonstration data for 23 wards."""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from benchmarks.demonstration_home import demonstration_home
from benchmarks.processes import Cost, home
from benchmarks.results import Figure

TARGET_SECONDS = 60.0


def _plain_inserts(database: Path) -> tuple[Cost, int]:
    """Write the same rows into plain tables without indexes; return the cost and the number of rows."""
    with closing(sqlite3.connect(database)) as source, home() as folder:
        names = source.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = {name: source.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names}
        wall, cpu = time.monotonic(), sum(os.times()[:2])
        with closing(sqlite3.connect(folder / "plain.sqlite3")) as target, target:
            for name, rows in tables.items():
                if rows:
                    places = ", ".join(f"c{place}" for place in range(len(rows[0])))
                    target.execute(f'CREATE TABLE "t_{name}" ({places})')
                    target.executemany(f'INSERT INTO "t_{name}" VALUES ({marks(rows[0])})', rows)
        cost = Cost(time.monotonic() - wall, sum(os.times()[:2]) - cpu)
        return cost, sum(len(rows) for rows in tables.values())


def marks(row: tuple) -> str:
    """Return one question mark for each value of ``row``."""
    return ", ".join("?" * len(row))


def measure(scale: float) -> list[Figure]:
    """Measure one seeding (it is too long for several); the rooms' own times stand in the JSON."""
    made = demonstration_home()
    plain, rows = _plain_inserts(made.folder / "yui.sqlite3")
    detail = {"rooms": made.cost.output.splitlines(), "rows": rows}
    beside = "the same rows as plain inserts, no indexes"
    return [
        Figure(
            "demonstration data, wall", made.cost.wall, "s", plain.wall, beside, TARGET_SECONDS, detail=detail
        ),
        Figure("demonstration data, CPU", made.cost.cpu, "CPU-s", plain.cpu, beside),
    ]
