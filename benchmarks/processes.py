"""Runs real processes in homes of their own and tells what they cost."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
YUI = (sys.executable, "-m", "yui")


@dataclass(frozen=True)
class Cost:
    """What one process and its children took, and what it printed.

    Attributes:
        wall, cpu: seconds.
        peak_mb: the most memory that it held at once (resident, MiB).
    """

    wall: float
    cpu: float
    output: str = ""
    peak_mb: float = 0.0


@contextmanager
def home() -> Iterator[Path]:
    """Give an empty ``YUI_HOME`` that is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="yui-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a process whose state lives in ``folder``."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("YUI_")}
    kept.pop("DATABASE_URL", None)
    # The checkout that the benchmarks stand in is what is measured, whatever else is installed.
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    return {**kept, "YUI_HOME": str(folder), "YUI_LOG_LEVEL": "ERROR", "PYTHONPATH": path, **more}


def run(command: Sequence[str], env: Mapping[str, str]) -> Cost:
    """Run a command to its end.

    Raises:
        CalledProcessError: when it fails, with what it wrote.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        begun = time.monotonic()
        process = subprocess.Popen(command, env=dict(env), stdout=out, stderr=err, text=True)
        _pid, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command, out.read(), err.read()[-4000:])
        # Linux counts the peak in KiB.
        return Cost(wall, usage.ru_utime + usage.ru_stime, out.read(), usage.ru_maxrss / 1024)


def medians(times: int, once: Callable[[], Cost]) -> Cost:
    """Run several times; return the medians of wall, CPU and memory."""
    return median_of([once() for _ in range(times)])


def median_of(costs: Sequence[Cost]) -> Cost:
    """Return the medians of wall, CPU and memory of several runs, and what the last one printed."""
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        costs[-1].output,
        median(cost.peak_mb for cost in costs),
    )


def inside(part: str, env: Mapping[str, str], *arguments: Any) -> Any:
    """Run ``benchmarks.inside.<part>`` in a process with Django loaded; return what its ``main`` returned."""
    return json.loads(run(inside_command(part, *arguments), env).output.splitlines()[-1])


def inside_command(part: str, *arguments: Any) -> list[str]:
    """Return the command of ``inside``."""
    return [sys.executable, "-m", "benchmarks.inside", part, *map(str, arguments)]


def free_port() -> int:
    """Return a port of the loopback address that nothing uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, seconds: float = 120.0) -> None:
    """Return when ``address`` answers 200.

    Raises:
        TimeoutError: when it does not in time.
    """
    deadline, last = time.monotonic() + seconds, ""
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                if answer.status == 200:
                    return
                last = str(answer.status)
        except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
            last = str(error)
        time.sleep(0.05)
    raise TimeoutError(f"{address} did not answer 200: {last}")


def stop(process: subprocess.Popen) -> None:
    """End a process that this run started, by a signal that lets it end its own children."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def cpu_of_tree(pid: int) -> float:
    """Return user and system seconds of a running process and its living descendants (Linux)."""
    parents: dict[int, list[int]] = {}
    seconds: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
        seconds[int(stat.parent.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    total, waiting = 0.0, [pid]
    while waiting:
        current = waiting.pop()
        total += seconds.get(current, 0.0)
        waiting += parents.get(current, [])
    return total
