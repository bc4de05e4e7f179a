"""The second ``yui up``: everything is there, until the first page answers."""

import subprocess
import sys
import time
from statistics import median

from benchmarks.demonstration_home import demonstration_home
from benchmarks.processes import YUI, environment, free_port, stop, wait_for
from benchmarks.results import Figure

RUNS = 3
TARGET_SECONDS = 5.0


def _seconds_to_page(command: list[str], port: int, env: dict[str, str]) -> float:
    begun = time.monotonic()
    process = subprocess.Popen([*command, "--port", str(port)], env=env, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        return time.monotonic() - begun
    finally:
        stop(process)


def measure(scale: float) -> list[Figure]:
    """Start once to settle everything, then measure starts until `/` leads to a page with status 200."""
    env = environment(demonstration_home().folder)
    up = [*YUI, "up", "--demo"]
    web = [sys.executable, "-m", "yui.conf.web", "--host", "127.0.0.1", "--workers", "1"]
    first = _seconds_to_page(up, free_port(), env)
    ours = [_seconds_to_page(up, free_port(), env) for _ in range(RUNS)]
    alone = [_seconds_to_page(web, free_port(), env) for _ in range(RUNS)]
    detail = {"runs": ours, "server_alone": alone, "start_after_demonstration": first}
    return [
        Figure(
            "second start to the first 200",
            median(ours),
            "s",
            median(alone),
            "the web server alone",
            TARGET_SECONDS,
            detail=detail,
        )
    ]
