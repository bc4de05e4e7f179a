"""The indicator tree of 23 wards worked out from three years of records."""

from benchmarks.demonstration_home import demonstration_home
from benchmarks.processes import environment, inside
from benchmarks.results import Figure

TARGET_MS = 300.0
RUNS = 5


def measure(scale: float) -> list[Figure]:
    """Measure the live tree beside reading the stored one, both in one process after a first run."""
    found = inside("indicator_tree", environment(demonstration_home().folder), RUNS)
    beside = "stored snapshots, read"
    return [
        Figure(
            "indicator tree from records, wall",
            found["live"]["wall"],
            "ms",
            found["stored"]["wall"],
            beside,
            TARGET_MS,
            detail=found,
        ),
        Figure(
            "indicator tree from records, CPU", found["live"]["cpu"], "CPU-ms", found["stored"]["cpu"], beside
        ),
    ]
