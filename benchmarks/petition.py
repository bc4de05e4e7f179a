"""A petition of the demonstration with all its evidence, written as PDF, Word and Excel."""

from benchmarks.demonstration_home import demonstration_home
from benchmarks.processes import environment, inside
from benchmarks.results import Figure

TARGET_MS = 1000.0
RUNS = 5


def measure(scale: float) -> list[Figure]:
    """Measure the three files of a final petition together, after a first run, and a draft's evidence."""
    found = inside("petition", environment(demonstration_home().folder), RUNS)
    return [
        Figure(
            "petition as PDF, Word and Excel, warm, wall",
            found["files"]["wall"],
            "ms",
            target=TARGET_MS,
            detail=found,
        ),
        Figure("petition as PDF, Word and Excel, first, wall", found["first"], "ms"),
        Figure("evidence of a petition from records, wall", found["evidence"]["wall"], "ms"),
    ]
