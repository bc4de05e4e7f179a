"""Six questions to ten million bill lines, beside the same questions as plain SQL over the same files."""

from benchmarks.processes import YUI, environment, home, inside, run
from benchmarks.results import Figure

ROWS = 10_000_000
SLOWER_BY_AT_MOST = 1.2


def measure(scale: float) -> list[Figure]:
    """Fill a lake, then ask by turns in one process; the lake is removed at the end."""
    with home() as folder:
        env = environment(folder)
        run([*YUI, "migrate", "-v0"], env)
        found = inside("cost_queries", env, int(ROWS * scale))
    figures = []
    for name, times in found["questions"].items():
        ours, plain = times["ours"], times["plain"]
        figures.append(
            Figure(
                f"{name}, wall",
                ours["wall"],
                "ms",
                plain["wall"],
                "plain DuckDB SQL, same files",
                plain["wall"] * SLOWER_BY_AT_MOST,
                detail={**times, "rows": found["rows"], "files": found["files"]},
            )
        )
    return figures
