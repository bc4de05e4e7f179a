"""``yui up`` as people start it: real processes, a home of their own, killed and stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from yui.kernel.tasks.tests.installation import Installation, until


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture
def installation(tmp_path):
    """An installation that is started in an empty folder, with its state elsewhere."""
    made = Installation(tmp_path / "state")
    made.home.mkdir()
    yield made
    for process in made.processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    made.end()


def start(installation: Installation, port: int) -> subprocess.Popen[str]:
    return installation.start(["-m", "yui", "up", "--port", str(port), "--workers", "1"])


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_yui_starts_heals_and_stops(installation, monkeypatch, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    port = free_port()
    up = start(installation, port)
    until(lambda: fetch(port, "/healthz")[0] == 200, f"health: {installation.log()[-2000:]}", 120)
    parts = json.loads(fetch(port, "/healthz")[1])["parts"]
    assert all(part["ok"] for part in parts.values())
    assert list(empty.iterdir()) == []
    assert "yui_http_requests_total" in fetch(port, "/metrics")[1]

    before = children_of(up.pid)
    assert len(before) == 2
    for child in before:
        os.kill(child, signal.SIGKILL)
    until(lambda: len(set(children_of(up.pid)) - set(before)) == 2, "both processes anew", 60)
    until(lambda: fetch(port, "/healthz/web")[0] == 200, "pages again", 60)

    up.send_signal(signal.SIGTERM)
    assert up.wait(30) == 0
    assert fetch(port, "/healthz")[0] == 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def test_a_taken_port_is_told_and_nothing_is_started(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        port = other.getsockname()[1]
        up = start(installation, port)
        assert up.wait(60) == 1
    told = installation.log()
    assert f"127.0.0.1:{port} はほかのプログラムが使っています" in told
    assert "Traceback" not in told
    assert not (installation.home / "yui.sqlite3").exists()


def test_a_child_that_cannot_live_ends_the_start_with_its_name():
    from yui.conf.supervisor import ChildKeepsDying, Supervisor

    supervisor = Supervisor(dict(os.environ))
    supervisor.add("broken", [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(ChildKeepsDying, match="broken"):
        supervisor.run()


def test_children_that_do_not_listen_are_ended_too(tmp_path, monkeypatch):
    from yui.conf import supervisor as module

    monkeypatch.setattr(module, "GRACE_SECONDS", 0.3)
    ready = tmp_path / "ready"
    deaf = (
        "import signal, time, pathlib\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"pathlib.Path({str(ready)!r}).touch()\n"
        "time.sleep(600)\n"
    )
    supervisor = module.Supervisor(dict(os.environ))
    supervisor.add("deaf", [sys.executable, "-c", deaf])

    def stop_when_ready() -> bool:
        if ready.exists():
            supervisor.stop()
        return False

    supervisor.run(stop_when_ready)
    assert supervisor.children[0].process.returncode == -signal.SIGKILL


def test_a_changed_source_file_is_noticed(tmp_path):
    from yui.conf.commands.up import SourceWatch

    file = tmp_path / "module.py"
    file.write_text("")
    watch = SourceWatch(tmp_path)
    assert not watch.has_changed()
    os.utime(file, ns=(2**62, 2**62))
    assert watch.has_changed()
    assert not watch.has_changed()
