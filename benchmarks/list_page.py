"""A 50-row page with permissions: the list of systems as an officer of a ward that has 3,000."""

import subprocess
import sys
import urllib.request
from statistics import median

from benchmarks.processes import YUI, cpu_of_tree, environment, free_port, home, inside, run, stop, wait_for
from benchmarks.results import Figure

SYSTEMS = 3000
REQUESTS = 100
ROUNDS = 5
WARM_UP = 20
TARGET_CPU_MS, TARGET_KB, TARGET_QUERIES = 12.0, 40.0, 8.0


def _get(address: str, cookie: str) -> bytes:
    request = urllib.request.Request(address, headers={"Cookie": f"sessionid={cookie}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        if answer.geturl() != address:
            raise RuntimeError(f"{address} led to {answer.geturl()}")
        return answer.read()


def _cpu_ms(pid: int, address: str, cookie: str, requests: int) -> float:
    """Return the server's CPU milliseconds for one request, the median of several rounds."""
    for _ in range(WARM_UP):
        _get(address, cookie)
    rounds = []
    for _ in range(ROUNDS):
        before = cpu_of_tree(pid)
        for _ in range(requests):
            _get(address, cookie)
        rounds.append((cpu_of_tree(pid) - before) * 1000 / requests)
    return median(rounds)


def measure(scale: float) -> list[Figure]:
    """Serve with granian as `yui up` does, and ask for both pages in turn."""
    systems, requests = max(60, int(SYSTEMS * scale)), max(20, int(REQUESTS * scale))
    with home() as folder:
        env = environment(folder, DJANGO_SETTINGS_MODULE="benchmarks.bare_settings")
        run([*YUI, "migrate", "-v0"], env)
        prepared = inside("list_page", env, systems)
        port = free_port()
        options = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
        server = subprocess.Popen(
            [sys.executable, "-m", "yui.conf.web", *options], env=env, stdout=subprocess.DEVNULL
        )
        try:
            base, cookie = f"http://127.0.0.1:{port}", prepared["cookie"]
            wait_for(f"{base}/healthz/web")
            page = _get(f"{base}/systems/", cookie)
            ours = _cpu_ms(server.pid, f"{base}/systems/", cookie, requests)
            bare_page = _get(f"{base}/bare/", cookie)
            bare = _cpu_ms(server.pid, f"{base}/bare/", cookie, requests)
        finally:
            stop(server)
    beside = "bare view with a template loop, same server and middleware"
    detail = {"systems": systems, "requests": requests, "rounds": ROUNDS, "rows": prepared["rows"]}
    return [
        Figure("list page, CPU of a request", ours, "CPU-ms", bare, beside, TARGET_CPU_MS, detail=detail),
        Figure("list page, HTML", len(page) / 1024, "KB", len(bare_page) / 1024, beside, TARGET_KB),
        Figure(
            "list page, queries",
            prepared["queries"],
            "queries",
            prepared["bare_queries"],
            beside,
            TARGET_QUERIES,
            detail={"sql": prepared["sql"]},
        ),
    ]
