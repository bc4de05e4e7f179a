"""``yui migrate`` on an empty database."""

import sys

from benchmarks.processes import YUI, Cost, environment, home, medians, run
from benchmarks.results import Figure

RUNS = 3
TARGET_CPU_SECONDS = 3.0


def _ours() -> Cost:
    with home() as folder:
        return run([*YUI, "migrate", "-v0"], environment(folder))


def _contrib() -> Cost:
    with home() as folder:
        command = [
            sys.executable,
            "-m",
            "django",
            "migrate",
            "-v0",
            "--settings",
            "benchmarks.contrib_settings",
        ]
        return run(command, environment(folder))


def measure(scale: float) -> list[Figure]:
    """Measure the CPU of a whole migration, processes' start included."""
    ours, contrib = medians(RUNS, _ours), medians(RUNS, _contrib)
    with home() as folder:
        loading = medians(RUNS, lambda: run([*YUI, "version"], environment(folder)))
    detail = {"wall": ours.wall, "contrib_wall": contrib.wall, "start_alone_cpu": loading.cpu, "runs": RUNS}
    return [
        Figure(
            "migrate an empty database",
            ours.cpu,
            "CPU-s",
            contrib.cpu,
            "django.contrib alone",
            TARGET_CPU_SECONDS,
            detail=detail,
        )
    ]
