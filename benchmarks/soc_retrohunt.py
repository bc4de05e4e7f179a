"""New rules over a hundred million stored events.

Recorded attacks (``YUI_SHARED_DATA``) are drawn again and again with a fixed seed into five files of 400,000
rows, as compaction leaves them; copies of these stand as the days of five wards. Some 17 GB at full scale,
removed at the end.
"""

import os
from pathlib import Path

from benchmarks.processes import ROOT, YUI, environment, home, inside, run
from benchmarks.results import Figure, Skipped

EVENTS = 100_000_000
TARGET_SECONDS = 60.0


def measure(scale: float) -> list[Figure]:
    """Fill a lake, then hunt for each of a few published rules; the lake is removed at the end."""
    shared = Path(os.environ.get("YUI_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not (shared / "soc" / "otrf").is_dir():
        raise Skipped(f"recorded events are not here: set YUI_SHARED_DATA (looked in {shared})")
    with home() as folder:
        env = environment(folder, YUI_LAKE_THREADS="2")
        run([*YUI, "migrate", "-v0"], env)
        found = inside("soc_retrohunt", env, int(EVENTS * scale), str(shared / "soc"))
    about = {name: found[name] for name in ("events", "files", "bytes", "store_us")}
    figures = [
        Figure(
            f"retro-hunt, {one['rule']}, {one['looked_at']:,} events, wall",
            one["seconds"],
            "s",
            target=None if one.get("is_keyword") else TARGET_SECONDS * scale,
            detail=about | one,
        )
        for one in found["hunts"]
    ]
    figures += [
        Figure(f"hunt, {one['question']}, wall", one["seconds"], "s", detail=about | one)
        for one in found["questions"]
    ]
    figures.append(Figure("storing, CPU of one event", found["store_us"], "µs", target=15.0, detail=about))
    return figures
