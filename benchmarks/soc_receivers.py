"""From the receiver to alerts and the lake: events/s, time from event to alert, and that nothing is lost."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from benchmarks.processes import (
    ROOT,
    YUI,
    cpu_of_tree,
    environment,
    free_port,
    home,
    inside,
    run,
    stop,
    wait_for,
)
from benchmarks.results import Figure, Skipped

SECONDS = 60.0
TARGET = 20_000.0
OFFERED = 22_000.0
"""Events a second that are sent: more than the target, since what waits at the end is counted in time too."""
TEMPLATES = 20_000
DRAIN_SECONDS = 240.0
WARM_UP = 6_000


def data() -> Path:
    """Return the folder of real events and rules.

    Raises:
        Skipped: when it is not here.
    """
    folder = Path(os.environ.get("YUI_SHARED_DATA", ROOT.parent / "shared" / "data")).resolve() / "soc"
    if not (folder / "sigma" / "rules.tar.gz").exists():
        raise Skipped(f"real events are not here: set YUI_SHARED_DATA (looked in {folder})")
    return folder


def figures_of(port: int) -> dict[str, float]:
    """Return the counters that ``yui soc receive`` serves."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    return {
        name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[:1] != "#")
    }


def drained(port: int, sent: int) -> float:
    """Wait until everything sent was stored and looked at; return when that was."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < deadline:
        told = figures_of(port)
        done = [
            told.get(f'yui_soc_events_processed_total{{outcome="{name}"}}', 0)
            for name in ("stored", "matched")
        ]
        if min(done) >= sent:
            break
        time.sleep(0.25)
    return time.time()


def percentile(values: list[float], share: float) -> float:
    """Return the value that ``share`` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def measure(scale: float) -> list[Figure]:
    """Send at the rate for a minute (times ``scale``, at least five seconds); return what came of it."""
    folder, seconds = data(), max(5.0, SECONDS * scale)
    rate = float(os.environ.get("YUI_BENCH_RATE", OFFERED))
    with home() as where:
        env = environment(where)
        run([*YUI, "migrate", "-v0"], env)
        run([*YUI, "soc", "rules", "import", str(folder / "sigma" / "rules.tar.gz"), "--json"], env)
        tokens = inside("soc_receivers", env, "prepare")
        http_port, figures_port = free_port(), free_port()
        ports = ["--http", f"127.0.0.1:{http_port}", "--figures", f"127.0.0.1:{figures_port}"]
        process = subprocess.Popen([*YUI, "soc", "receive", *ports], env=env, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{figures_port}/metrics")
            given = {"port": http_port, "tokens": tokens, "folder": str(folder), "templates": TEMPLATES}
            _load(env, {**given, "rate": WARM_UP / 3, "seconds": 3})
            drained(figures_port, WARM_UP)
            before = figures_of(figures_port)
            cpu = cpu_of_tree(process.pid)
            told = _load(env, {**given, "rate": rate, "seconds": seconds})
            ended = drained(figures_port, told["sent"] + WARM_UP)
            cpu = cpu_of_tree(process.pid) - cpu
            counters = figures_of(figures_port)
        finally:
            stop(process)
        found = inside("soc_receivers", env, "found", told["begun"])
    return _figures(told, found, ended, cpu, before, counters)


def _load(env: dict[str, str], given: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.inside.soc_load", json.dumps(given)]
    return json.loads(run(command, env).output.splitlines()[-1])


def _figures(
    told: dict[str, Any],
    found: dict[str, Any],
    ended: float,
    cpu: float,
    before: dict[str, float],
    counters: dict[str, float],
) -> list[Figure]:
    stored = found["stored"] - WARM_UP
    waits = found["waits"]
    taken = told["sent"] / told["seconds"]
    sustained = stored / (ended - told["begun"])
    detail = {
        **told,
        "stored": stored,
        "files": found["files"],
        "alerts": len(waits),
        "cpu_seconds": cpu,
        "event_bytes": told["bytes"] / max(1, told["sent"]),
        "seconds_until_stored": ended - told["begun"],
        "counters": {name: value - before.get(name, 0.0) for name, value in counters.items()},
    }
    return [
        Figure(
            "events taken and acknowledged", taken, "events/s", target=TARGET, at_least=True, detail=detail
        ),
        Figure("events taken, matched and in the lake", sustained, "events/s", target=TARGET, at_least=True),
        Figure("event to stored alert, median", percentile(waits, 0.5), "s"),
        Figure("event to stored alert, 99th percentile", percentile(waits, 0.99), "s", target=2.0),
        Figure("events lost", told["sent"] - stored, "events", target=0.0),
        Figure("CPU per event, receivers and processing", 1e6 * cpu / max(1, stored), "µs"),
    ]
