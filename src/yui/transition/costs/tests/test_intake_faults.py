"""Faults of the machine while a file is imported, with real processes: kill -9 and a full disk."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from yui.kernel.exchange.tests.test_faults import database_url  # noqa: F401

SCRIPT = Path(__file__).with_name("intake_process.py")
ROWS = 2000


class House:
    """An installation of its own, worked on by processes of its own."""

    def __init__(self, home: Path, url: str) -> None:
        self.environment = {**os.environ, "YUI_HOME": str(home), "DATABASE_URL": url}
        self.environment |= {"PYTHONPATH": os.pathsep.join(sys.path)}

    def run(self, *steps: list) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, str(SCRIPT), json.dumps(steps)],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=180,
        )

    def call(self, *steps: list) -> list:
        done = self.run(*steps)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def house(tmp_path_factory, database_url):  # noqa: F811
    built = House(tmp_path_factory.mktemp("home"), database_url)
    built.call(["migrate"])
    return built


@pytest.mark.parametrize("moment", ["kill-reading", "kill-staged", "kill-recording", "kill-recorded"])
def test_kill_9_leaves_all_or_nothing_and_can_be_retried(house, moment):
    (pk,) = house.call(["send", ROWS, moment])
    died = house.run(["apply", pk, moment])
    assert died.returncode == -signal.SIGKILL, died.stderr[-3000:]
    (left,) = house.call(["state", pk])
    is_recorded = moment == "kill-recorded"
    assert left["state"] == "applying"
    assert left["bills"] == left["files"] == left["sums"] == left["entries"] == int(is_recorded)
    retried, after, _swept, last = house.call(["apply", pk], ["state", pk], ["sweep"], ["state", pk])
    assert retried == {"state": "applied"}
    assert after == last
    assert (after["bills"], after["files"], after["sums"], after["entries"]) == (1, 1, 1, 1)
    assert (after["accepted"], after["is_new"]) == (ROWS, True)


def test_a_full_disk_is_a_clear_message_and_can_be_retried(house):
    (pk,) = house.call(["send", ROWS, "full"])
    result, left = house.call(["apply", pk, "fill-disk"], ["state", pk])
    assert "空き容量" in result["error"] and "何も取り込まれていません" in result["error"]
    assert (left["state"], left["bills"], left["failure"]) == ("failed", 0, result["error"])
    retried, after = house.call(["apply", pk], ["state", pk])
    assert retried == {"state": "applied"}
    assert (after["bills"], after["accepted"], after["failure"]) == (1, ROWS, "")
