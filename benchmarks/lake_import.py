"""A bill of a million FOCUS rows with 46 columns into the lake, beside DuckDB's conversion of the same file.

Both are whole processes from start to end with two threads, taking turns, the median of three. DuckDB checks
nothing: it guesses types, and money becomes a float. Yui reads money exactly, names every bad row, splits by
billing account, writes the records and the ledger, and adds up the months.
"""

import json
import sys
from pathlib import Path

from benchmarks.bills import write_focus_csv
from benchmarks.processes import YUI, Cost, environment, home, median_of, run
from benchmarks.results import Figure

ROWS = 1_000_000
TIMES = 3
THREADS = 2
SLOWER_BY_AT_MOST = 1.25
TARGET_PEAK_MB = 1024.0
ACCOUNTS = {"one billing account": 1, "three billing accounts": 3}
DUCKDB = (
    f"import duckdb,sys;duckdb.connect(config={{'threads':{THREADS}}}).execute(f\"COPY (SELECT * FROM "
    "read_csv('{sys.argv[1]}'{sys.argv[3]})) TO '{sys.argv[2]}' (FORMAT parquet, COMPRESSION zstd)\")"
)
BESIDE = {"DuckDB, guessed types": "", "DuckDB, every cell as text": ", all_varchar = true"}


def _ours(folder: Path, file: Path, rows: int, number: int) -> Cost:
    """Import into an installation of its own, since the same file a second time would change nothing."""
    env = environment(folder / f"home-{number}", YUI_LAKE_THREADS=str(THREADS))
    run([*YUI, "migrate", "-v0"], env)
    cost = run([*YUI, "costs", "import", str(file), "--ward", "131032", "--json"], env)
    told = json.loads(cost.output.splitlines()[-1])
    if told["rows_accepted"] != rows:
        raise RuntimeError(f"{told['rows_accepted']} of {rows} rows: {told['errors'][:3]}")
    return cost


def _bare(folder: Path, file: Path, options: str) -> Cost:
    target = folder / "bare.parquet"
    return run([sys.executable, "-c", DUCKDB, str(file), str(target), options], environment(folder))


def _case(name: str, accounts: int, rows: int) -> list[Figure]:
    with home() as folder:
        file = folder / "bill.csv"
        write_focus_csv(file, rows, accounts)
        ours: list[Cost] = []
        bare: dict[str, list[Cost]] = {beside: [] for beside in BESIDE}
        for number in range(TIMES):
            ours.append(_ours(folder, file, rows, number))
            for beside, options in BESIDE.items():
                bare[beside].append(_bare(folder, file, options))
        size = file.stat().st_size
    we, others = median_of(ours), {beside: median_of(costs) for beside, costs in bare.items()}
    detail = {"rows": rows, "bytes": size, "times": TIMES, "threads": THREADS}
    figures = []
    for beside, other in others.items():
        allowed = {"wall": other.wall * SLOWER_BY_AT_MOST, "cpu": other.cpu * SLOWER_BY_AT_MOST}
        figures += [
            Figure(f"import, {name}, wall", we.wall, "s", other.wall, beside, allowed["wall"], detail=detail),
            Figure(f"import, {name}, CPU", we.cpu, "CPU-s", other.cpu, beside, allowed["cpu"], detail=detail),
        ]
    beside, other = next(iter(others.items()))
    figures.append(
        Figure(f"import, {name}, peak memory", we.peak_mb, "MB", other.peak_mb, beside, TARGET_PEAK_MB)
    )
    return figures


def measure(scale: float) -> list[Figure]:
    """Import a bill of one billing account, and one of several, which Yui keeps apart."""
    figures = []
    for name, accounts in ACCOUNTS.items():
        figures += _case(name, accounts, int(ROWS * scale))
    return figures
