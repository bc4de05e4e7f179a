"""Sigma detection on one core beside Zircolite 3.7: the same files, the same rules, in turn.

Inputs are JSON lines of OTRF's Security-Datasets (Windows and Sysmon) and EVTX files. Both read the files
from the disk and write what they found; counted are the CPU seconds from reading to the end, without the
start of the process and the loading of rules, since Zircolite takes its rules already converted.
"""

import gzip
import json
import os
import shutil
import statistics
import sys
import zipfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from benchmarks.processes import YUI, Cost, environment, home, run
from benchmarks.results import Figure, Skipped

TIMES = 3
JSON_FACTOR, EVTX_FACTOR = 80.0, 10.0
COLD_SECONDS, WARM_SECONDS, PEAK_MB = 20.0, 1.0, 300.0
ONE_CORE = ("taskset", "-c", "0") if shutil.which("taskset") else ()
HOW = (
    "set YUI_BENCH_ZIRCOLITE to a folder with zircolite.py 3.7 (https://github.com/wagga40/Zircolite) and a "
    "virtual environment venv/ in it with its requirements.txt"
)
RULES = "soc/sigma/rules.tar.gz"
# The largest Windows recordings of the data folder; more JSON lines and EVTX files may be named by
# YUI_BENCH_EVENTS and YUI_BENCH_EVTX (folders).
RECORDINGS = (
    "compound/LSASS_campaign_07/metasploit_nanodump_lsass_memory_dump.zip",
    "atomic/windows/credential_access/host/empire_mimikatz_logonpasswords.zip",
    "atomic/windows/privilege_escalation/host/empire_uac_shellapi_fodhelper.zip",
    "atomic/windows/lateral_movement/host/empire_psexec_dcerpc_tcp_svcctl.zip",
)


def _shared() -> Path:
    folder = Path(os.environ.get("YUI_SHARED_DATA", ""))
    if not os.environ.get("YUI_SHARED_DATA") or not (folder / RULES).is_file():
        raise Skipped(f"set YUI_SHARED_DATA to the folder of real files (with {RULES})")
    return folder


def _recordings(shared: Path, folder: Path, scale: float) -> list[Path]:
    """Unpack the recordings as JSON lines; a smaller scale takes fewer lines of each."""
    files: list[Path] = []
    for name in RECORDINGS:
        with zipfile.ZipFile(shared / "soc" / "otrf" / name) as archive:
            (member,) = archive.namelist()
            file = folder / Path(member).name
            with archive.open(member) as lines, file.open("wb") as taken:
                count = sum(1 for _ in lines)
                lines.seek(0)
                taken.writelines(islice(lines, max(100, int(count * scale))))
        files.append(file)
    more = os.environ.get("YUI_BENCH_EVENTS")
    if more and scale == 1:
        files += sorted(Path(more).glob("*.json"))
    return files


def _evtx(shared: Path, folder: Path) -> Path:
    """Return a folder of EVTX files: the one named, or the regression cases unpacked."""
    more = os.environ.get("YUI_BENCH_EVTX")
    if more:
        return Path(more)
    folder.mkdir()
    for packed in sorted((shared / "soc" / "sigma" / "regression_data").rglob("*.evtx.gz")):
        (folder / packed.stem).write_bytes(gzip.decompress(packed.read_bytes()))
    return folder


def _ours(paths: Sequence[Path], rules: Path, env: dict[str, str]) -> tuple[Cost, dict[str, float]]:
    """Detect in files; return what the whole process took, and its own summary."""
    command = [*ONE_CORE, *YUI, "soc", "detect", *map(str, paths), "--rules", str(rules), "--json"]
    cost = run(command, env)
    return cost, json.loads(cost.output.splitlines()[-1])


class _Zircolite:
    """A checkout of Zircolite with an environment of its own."""

    def __init__(self, folder: Path, rules: Path, env: dict[str, str]) -> None:
        self._folder, self._env = folder, env
        self._ruleset = Path(env["YUI_HOME"]) / "zircolite-rules.json"
        self._out = Path(env["YUI_HOME"]) / "zircolite-found.json"
        empty = Path(env["YUI_HOME"]) / "empty.json"
        empty.write_text('{"EventID": 0, "Channel": "none"}\n')
        before = set(folder.glob("*.json"))
        self._run(empty, "-j", "-r", str(rules), "-p", "sysmon", "-p", "windows-logsources", "-sr")
        (saved,) = set(folder.glob("*.json")) - before
        shutil.move(saved, self._ruleset)
        self._start = self.detect(empty, "-j")[0].cpu

    @property
    def start(self) -> float:
        """CPU seconds that it takes for one event: its start and the reading of the rules."""
        return self._start

    def detect(self, path: Path, *options: str) -> tuple[Cost, int]:
        """Detect in a file or folder; return what it took and how many matches it found."""
        cost = self._run(path, *options, "-r", str(self._ruleset))
        found = json.loads(self._out.read_text() or "[]") if self._out.exists() else []
        return cost, sum(rule["count"] for rule in found)

    def _run(self, path: Path, *options: str) -> Cost:
        python = str(self._folder / "venv" / "bin" / "python")
        log = str(Path(self._env["YUI_HOME"]) / "zircolite.log")
        command = [python, str(self._folder / "zircolite.py"), "--events", str(path), *options]
        command += ["--no-parallel", "-q", "-o", str(self._out), "-l", log]
        self._out.unlink(missing_ok=True)
        here = Path.cwd()
        os.chdir(self._folder)
        try:
            return run([*ONE_CORE, *command], self._env)
        finally:
            os.chdir(here)


def _windows_rules(shared: Path, folder: Path) -> Path:
    shutil.unpack_archive(shared / RULES, folder / "pack", filter="data")
    return folder / "pack" / "rules" / "windows"


def _loading(rules: Path, folder: Path, file: Path) -> list[Figure]:
    """Load the rules without and with a cache."""
    cold = _ours([file], rules, environment(folder / "cold"))[1]["load_seconds"]
    env = environment(folder / "warm")
    _ours([file], rules, env)
    warm = statistics.median(_ours([file], rules, env)[1]["load_seconds"] for _ in range(TIMES))
    return [
        Figure("rules, never seen before", cold, "s", target=COLD_SECONDS),
        Figure("rules, from the cache", warm, "s", target=WARM_SECONDS),
    ]


def _beside(
    name: str, paths: Sequence[Path], options: Sequence[str], rules: Path, env: dict[str, str], factor: float,
    peer: _Zircolite | None,
) -> list[Figure]:  # fmt: skip
    """Detect with both in turn; return events per CPU second, and the factor between them."""
    costs, summaries = zip(*(_ours(paths, rules, env) for _ in range(TIMES)), strict=True)
    summary = summaries[-1]
    events, seconds = summary["events"], statistics.median(one["cpu_seconds"] for one in summaries)
    rate = events / seconds
    detail = {"events": events, "alerts": summary["alerts"], "process_cpu_s": costs[-1].cpu}
    peak = Figure(f"{name}, peak memory", max(cost.peak_mb for cost in costs), "MB", target=PEAK_MB)
    if peer is None:
        return [Figure(f"{name}, one core", rate, "events/CPU-s", detail={**detail, "peer": HOW}), peak]
    spent, matches, most = 0.0, 0, 0.0
    for path in paths:
        cost, found = peer.detect(path, *options)
        spent += cost.cpu - peer.start
        matches += found
        most = max(most, cost.peak_mb)
    theirs = events / spent
    detail |= {"their_matches": matches, "their_peak_mb": most, "their_cpu_s": spent}
    return [
        Figure(f"{name}, one core", rate, "events/CPU-s", theirs, "Zircolite 3.7", detail=detail),
        Figure(f"{name}, times as fast", rate / theirs, "×", 1, "Zircolite 3.7", factor, at_least=True),
        Figure(f"{name}, alerts", summary["alerts"], "", matches, "Zircolite 3.7", matches, at_least=True),
        peak,
    ]


def measure(scale: float) -> list[Figure]:
    """Load rules cold and warm, then detect in JSON lines and in EVTX files."""
    shared = _shared()
    with home() as folder:
        rules = _windows_rules(shared, folder)
        (folder / "lines").mkdir()
        lines = _recordings(shared, folder / "lines", scale)
        figures = _loading(rules, folder, lines[-1])
        env = environment(folder / "warm")
        place = os.environ.get("YUI_BENCH_ZIRCOLITE")
        peer = _Zircolite(Path(place).resolve(), rules, env) if place else None
        if peer is None:
            print(f"soc_detection | without Zircolite: {HOW}", file=sys.stderr)
        figures += _beside("JSON lines", lines, ["-j"], rules, env, JSON_FACTOR, peer)
        figures += _beside("EVTX", [_evtx(shared, folder / "evtx")], [], rules, env, EVTX_FACTOR, peer)
    return figures
