"""``yui soc receive`` killed at random points: a sender that repeats loses and doubles nothing."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import duckdb
import pytest
from django.db import connection

from yui.kernel.policy import Actor
from yui.security.soc.models import Level
from yui.security.soc.operations.senders.register_sender import SenderFacts, register_sender
from yui.security.soc.tests.alert_records import make_rule
from yui.security.soc.tests.processing_parts import WHOAMI, WHOAMI_ID, event
from yui.security.soc.tests.receiving import MINATO, free_port

PER_REQUEST = 40
REQUESTS_PER_KILL = 8
# 50 by hand with YUI_TEST_KILLS=50; three in every run.
KILLS = int(os.environ.get("YUI_TEST_KILLS", "3"))


class Installation:
    """A home of its own with a copy of the test's database, and ``yui soc receive`` on it."""

    def __init__(self, home: Path, token: str) -> None:
        self.home, self.token, self.port, self.figures = home, token, free_port(), free_port()
        home.mkdir()
        connection.ensure_connection()
        with sqlite3.connect(home / "yui.sqlite3") as copy:
            connection.connection.backup(copy)
        copy.close()
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start; the ports answer soon afterwards."""
        env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "YUI_LAKE"}}
        env |= {"YUI_HOME": str(self.home), "YUI_MINIMUM_FREE_MB": "1"}
        command = [sys.executable, "-m", "yui", "soc", "receive", "--json"]
        command += ["--http", f"127.0.0.1:{self.port}", "--figures", f"127.0.0.1:{self.figures}"]
        with open(self.home / "log", "ab") as log:
            self.process = subprocess.Popen(command, env=env, stdout=log, stderr=log)

    def kill(self) -> None:
        """End at once, as a crash does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End in good order."""
        self.process.terminate()
        self.process.wait(60)

    def kill_processing(self) -> None:
        """End the other processes."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        for child in [child for task in tasks for child in task.read_text().split()]:
            os.kill(int(child), signal.SIGKILL)

    def post(self, body: bytes) -> bool:
        """Send a request; whether it was acknowledged."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/services/collector",
            data=body,
            headers={"Authorization": f"Splunk {self.token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError, ConnectionError):
            return False

    def post_until_taken(self, body: bytes) -> None:
        """Send a request again and again until it is acknowledged."""
        until = time.monotonic() + 90
        while not self.post(body):
            assert time.monotonic() < until, (self.home / "log").read_text()[-3000:]
            time.sleep(0.05)

    def metric(self, name: str) -> float:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.figures}/metrics", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith(name))

    def stored(self) -> list[int]:
        """The numbers of the events in the lake."""
        with sqlite3.connect(self.home / "yui.sqlite3", timeout=30) as database:
            paths = database.execute(
                "SELECT path FROM lake_lakefile WHERE superseded_at IS NULL AND dataset = 'soc_events' "
                "AND organisation_code = ?",
                (MINATO,),
            ).fetchall()
        database.close()
        files = [str(self.home / "lake" / path) for (path,) in paths]
        if not files:
            return []
        found = duckdb.execute("SELECT raw FROM read_parquet(?, union_by_name = true)", [files]).fetchall()
        return sorted(json.loads(raw)["event"]["n"] for (raw,) in found)

    def alerts(self) -> int:
        with sqlite3.connect(self.home / "yui.sqlite3", timeout=30) as database:
            (count,) = database.execute("SELECT count(*) FROM soc_alert").fetchone()
        database.close()
        return count


@pytest.fixture
def installation(transactional_db, tmp_path, minato, soc):
    if connection.vendor != "sqlite":
        pytest.skip("the command runs on a copy of the test's database, which only SQLite gives")
    make_rule(soc, WHOAMI_ID, source=WHOAMI, level=Level.HIGH, is_default=True, hourly_limit=100_000)
    facts = SenderFacts("試験", "token", ("hec",))
    token = register_sender(Actor.system("test"), ward=minato, facts=facts).token
    made = Installation(tmp_path / "home", token)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.process.kill()
        made.process.wait()


def test_killed_at_random_points_nothing_is_lost_or_doubled(installation):
    chance = random.Random(7)
    installation.start()
    sent = 0
    begun = round(time.time())
    for turn in range(KILLS * REQUESTS_PER_KILL):
        numbers = range(sent, sent + PER_REQUEST)
        body = b"".join(
            json.dumps(
                {**json.loads(event("whoami.exe" if n % 10 == 0 else "calc.exe", n)), "time": begun}
            ).encode()
            for n in numbers
        )
        kill, since = divmod(turn, REQUESTS_PER_KILL)
        if since == REQUESTS_PER_KILL // 2:
            time.sleep(chance.random() * 2)
            if kill % 3 == 1:
                installation.kill_processing()
            else:
                # The sender's request is under way, or its answer is, when everything ends.
                installation.post(body)
                installation.kill()
                installation.start()
        installation.post_until_taken(body)
        if chance.random() < 0.2:
            installation.post_until_taken(body)
        sent += PER_REQUEST
    until = time.monotonic() + 90 + KILLS
    while (
        len(installation.stored()) < sent or installation.alerts() < sent // 10
    ) and time.monotonic() < until:
        time.sleep(0.3)
    installation.stop()
    assert installation.stored() == list(range(sent)), (installation.home / "log").read_text()[-3000:]
    assert installation.alerts() == sent // 10
    assert not list((installation.home / "soc" / "queue").glob("*.damaged"))


def test_the_figures_add_up(installation):
    installation.start()
    good = b"".join(event("calc.exe", number) for number in range(30))
    installation.post_until_taken(good)
    installation.post_until_taken(good)
    assert not installation.post(b'{"event": ""}')
    until = time.monotonic() + 60
    metric = installation.metric
    while time.monotonic() < until and (
        metric('yui_soc_events_processed_total{outcome="stored"}') < 30
        or metric('yui_soc_events_processed_total{outcome="rejected"}') < 1
        or metric('yui_soc_events_processed_total{outcome="matched"}') < 60
    ):
        time.sleep(0.2)
    assert metric("yui_soc_events_received_total") == 61
    assert metric("yui_soc_events_acknowledged_total") == 60
    assert metric("yui_soc_events_rejected_total") == 1
    assert metric('yui_soc_events_processed_total{outcome="stored"}') == 30
    assert metric('yui_soc_events_processed_total{outcome="duplicate"}') == 30
    assert metric('yui_soc_events_processed_total{outcome="rejected"}') == 1
    assert metric('yui_soc_events_processed_total{outcome="matched"}') == 60
    installation.stop()
    with sqlite3.connect(installation.home / "yui.sqlite3") as database:
        kept = database.execute("SELECT reason, count, sample FROM soc_rejectedinput").fetchall()
        (seen,) = database.execute("SELECT last_seen_at FROM soc_logsender").fetchone()
    database.close()
    assert kept == [("bad_hec", 1, '{"event": ""}')]
    assert seen
