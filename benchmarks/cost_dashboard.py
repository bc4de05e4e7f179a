"""The page 運用コスト from the monthly roll-up of 23 wards: how long the slowest of twenty readers waits."""

import subprocess
import sys
import time
import urllib.request
from statistics import median, quantiles

from benchmarks.processes import YUI, environment, free_port, home, inside, run, stop, wait_for
from benchmarks.results import Figure

SYSTEMS, MONTHS = 21, 36
REQUESTS = 100
WARM_UP = 10
TARGET_MS = 150.0
WARD = "131032"
ADDRESSES = {
    "joint staff": "/costs/",
    "auditor": "/costs/",
    "officer of one ward": f"/costs/?ward={WARD}",
}


def _milliseconds(address: str, cookie: str, requests: int) -> list[float]:
    """Return how long each of several requests took, one after the other."""
    request = urllib.request.Request(address, headers={"Cookie": f"sessionid={cookie}"})
    taken = []
    for number in range(WARM_UP + requests):
        begun = time.perf_counter()
        with urllib.request.urlopen(request, timeout=60) as answer:
            answer.read()
            if answer.geturl() != address:
                raise RuntimeError(f"{address} led to {answer.geturl()}")
        if number >= WARM_UP:
            taken.append((time.perf_counter() - begun) * 1000)
    return taken


def measure(scale: float) -> list[Figure]:
    """Serve with granian as `yui up` does; ask as people who may see all wards and as an officer of one."""
    systems, requests = max(2, int(SYSTEMS * scale)), max(20, int(REQUESTS * scale))
    with home() as folder:
        env = environment(folder)
        run([*YUI, "migrate", "-v0"], env)
        prepared = inside("cost_dashboard", env, systems, MONTHS)
        port = free_port()
        options = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
        server = subprocess.Popen(
            [sys.executable, "-m", "yui.conf.web", *options], env=env, stdout=subprocess.DEVNULL
        )
        try:
            base = f"http://127.0.0.1:{port}"
            wait_for(f"{base}/healthz/web")
            taken = {
                name: _milliseconds(f"{base}{address}", prepared["readers"][name]["cookie"], requests)
                for name, address in ADDRESSES.items()
            }
        finally:
            stop(server)
    return [
        Figure(
            f"cost overview, {name}, p95",
            quantiles(times, n=20)[-1],
            "ms",
            median(times),
            "the median of the same requests",
            TARGET_MS,
            detail={
                "sums": prepared["sums"],
                "systems": systems,
                "months": MONTHS,
                "requests": requests,
                "queries": prepared["readers"][name]["queries"],
            },
        )
        for name, times in taken.items()
    ]
