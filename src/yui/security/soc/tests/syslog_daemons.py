"""rsyslog and syslog-ng from Debian: installed, or unpacked beside the environment (``.ci/run``)."""

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

UNPACKED = Path(os.environ.get("YUI_SYSLOG_DAEMONS", Path(__file__).parents[5] / ".venv" / "daemons"))
HOW = "apt install it, or unpack it as .ci/run does and name the folder with YUI_SYSLOG_DAEMONS"


def find(program: str) -> Path:
    """The program; the test is skipped where it is missing."""
    unpacked = UNPACKED / "usr" / "sbin" / program
    if unpacked.exists():
        return unpacked
    installed = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if installed is None:
        pytest.skip(f"{program} is not here: {HOW}")
    return Path(installed)


def library(*parts: str) -> Path | None:
    """A folder of the unpacked packages; None where the program is installed."""
    found = UNPACKED.joinpath("usr", "lib", *parts)
    return found if found.exists() else None


@contextmanager
def _running(command: list[str], log: Path, libraries: list[Path]):
    env = {**os.environ, "LD_LIBRARY_PATH": ":".join(map(str, libraries))}
    with open(log, "wb") as told:
        process = subprocess.Popen(command, env=env, stdout=told, stderr=told)
        try:
            time.sleep(0.3)
            if process.poll() is not None:
                pytest.fail(f"{command[0]} ended: {log.read_text()[-2000:]}")
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def rsyslog(folder: Path, configuration: str):
    """Run rsyslog with a configuration."""
    program = find("rsyslogd")
    (folder / "rsyslog.conf").write_text(configuration)
    multiarch = library("x86_64-linux-gnu")
    modules = ["-M", str(multiarch / "rsyslog")] if multiarch else []
    command = [
        str(program),
        "-n",
        "-f",
        str(folder / "rsyslog.conf"),
        "-i",
        str(folder / "rsyslog.pid"),
        *modules,
    ]
    with _running(command, folder / "rsyslog.log", [multiarch] if multiarch else []) as process:
        yield process


@contextmanager
def syslog_ng(folder: Path, configuration: str):
    """Run syslog-ng; ``SCL`` in its configuration stands for the folder of the configuration library."""
    program = find("syslog-ng")
    scl = UNPACKED / "usr" / "share" / "syslog-ng" / "include" / "scl"
    text = configuration.replace(
        "SCL", str(scl if scl.exists() else Path("/usr/share/syslog-ng/include/scl"))
    )
    (folder / "syslog-ng.conf").write_text(text)
    own = library("syslog-ng")
    command = [
        str(program),
        "--foreground",
        "--no-caps",
        f"--cfgfile={folder / 'syslog-ng.conf'}",
        f"--persist-file={folder / 'persist'}",
        f"--pidfile={folder / 'syslog-ng.pid'}",
        f"--control={folder / 'control'}",
    ]
    libraries: list[Path] = []
    if own is not None:
        modules = next(own.glob("3.*"))
        command.append(f"--module-path={modules}")
        libraries = [
            own,
            UNPACKED / "usr" / "lib" / "x86_64-linux-gnu",
            UNPACKED / "lib" / "x86_64-linux-gnu",
        ]
    with _running(command, folder / "syslog-ng.log", libraries) as process:
        yield process
