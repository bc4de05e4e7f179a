"""The queue of alerts with a million of them: what its pages take, for a joint analyst and for an officer."""

from benchmarks.processes import YUI, environment, home, inside, run
from benchmarks.results import Figure

ALERTS = 1_000_000
TARGET_MS, TARGET_QUERIES = 60.0, 12.0


def measure(scale: float) -> list[Figure]:
    """Fill a database with groups of one alert each, the worst case for the queue, and ask for its pages."""
    count = max(2_000, int(ALERTS * scale))
    with home() as folder:
        env = environment(folder)
        run([*YUI, "migrate", "-v0"], env)
        found = inside("soc_alerts", env, count)
    figures = []
    for reader, pages in found["pages"].items():
        slowest = max(pages, key=lambda name: pages[name]["cpu"])
        detail = {"alerts": count, "pages": pages, "cpu_seconds_to_fill": found["cpu_seconds_to_fill"]}
        first, last = pages["first"], pages[slowest]
        what = f"alert queue, {reader}"
        figures += [
            Figure(f"{what}, first page", first["cpu"], "CPU-ms", target=TARGET_MS, detail=detail),
            Figure(f"{what}, slowest page ({slowest})", last["cpu"], "CPU-ms", target=TARGET_MS),
            Figure(f"{what}, queries", first["queries"], "queries", target=TARGET_QUERIES),
        ]
    return figures
