"""Faults of the machine, with real processes: kill -9, a locked database, a full one, a gigantic file."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

SCRIPT = Path(__file__).with_name("process.py")
ROWS = 300


class House:
    """An installation of its own, worked on by processes of its own."""

    def __init__(self, home: Path, database_url: str) -> None:
        self.home = home
        self.environment = {**os.environ, "YUI_HOME": str(home), "DATABASE_URL": database_url}

    def start(self, *steps: list) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, str(SCRIPT), json.dumps(steps)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def call(self, *steps: list) -> list:
        process = self.start(*steps)
        out, err = process.communicate(timeout=180)
        assert process.returncode == 0, err[-3000:]
        return json.loads(out.splitlines()[-1])


@pytest.fixture(scope="module")
def database_url(tmp_path_factory, request, django_db_setup):
    """A database beside the tests' own, of the same kind."""
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("house") / "house.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_database"), path)
        yield f"sqlite:///{path}"
        return
    import psycopg

    given = connection.get_connection_params()
    name = f"yui_faults_{os.getpid()}"
    place = {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}
    with psycopg.connect(dbname="postgres", autocommit=True, **place) as server:
        template = connection.settings_dict["TEST"].get("TEMPLATE") or "template1"
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield f"postgres://{place['user']}:{place.get('password', '')}@{place['host']}:{place['port']}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def house(tmp_path_factory, database_url):
    home = tmp_path_factory.mktemp("home")
    built = House(home, database_url)
    built.call(["migrate"])
    return built


@pytest.mark.parametrize("moment", ["before", "during", "after"])
def test_kill_9_leaves_all_or_nothing_and_can_be_retried(house, moment):
    process = house.start(["forget"], ["upload", ROWS, moment], ["apply", None, f"pause-{moment}"])
    for line in process.stdout:
        if line.strip() == "paused":
            break
    else:
        pytest.fail(process.stderr.read()[-3000:])
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    process.stderr.close()
    left, retried, after, _sent, again, last = house.call(
        ["state"], ["apply"], ["state"], ["upload", ROWS, moment], ["apply"], ["state"]
    )
    if moment == "after":
        assert (left["state"], left["made"], left["ledger"]) == ("applied", ROWS, True)
    else:
        assert (left["state"], left["made"], left["ledger"]) == ("applying", 0, False)
    assert retried == {"state": "applied"}
    assert after == {**left, "state": "applied", "made": ROWS, "accepted": ROWS, "ledger": True}
    assert "取り込み済み" in again["error"]
    assert last["made"] == ROWS


def test_a_database_that_does_not_answer_is_a_clear_message(house):
    steps = ["forget"], ["upload", ROWS, "lost"], ["apply", None, "lose-connection"], ["state"], ["apply"]
    _forgotten, _sent, result, left, retried = house.call(*steps)
    assert "接続" in result["error"]
    assert "何も変わっていません" in result["error"]
    assert left["made"] == 0
    assert retried == {"state": "applied"}


def test_a_full_database_disk_is_a_clear_message(house):
    if not house.environment["DATABASE_URL"].startswith("sqlite"):
        pytest.skip("a full disk under PostgreSQL cannot be made without its host")
    _forgotten, _sent, result = house.call(["forget"], ["upload", 1500, "full"], ["apply", None, "fill-disk"])
    assert "空き" in result["error"]
    left, retried = house.call(["state"], ["apply"])
    assert left["made"] == 0
    assert retried == {"state": "applied"}


def test_a_gigantic_file_needs_little_memory(tmp_path):
    path = tmp_path / "huge.csv"
    block = "".join(
        f"{number},住民記録システム第{number}号の年間保守委託契約(データセンター利用料と回線料を含む)ほか一式,"
        f"{number * 100},2026-04-01,{'備考' * 40}\n"
        for number in range(20_000)
    ).encode("cp932")
    with path.open("wb") as file:
        file.write("番号,名称,金額,日付,備考\n".encode("cp932"))
        written = 0
        while written < 200 * 2**20:
            written += file.write(block)
    code = (
        "import sys; from pathlib import Path; from django.conf import settings;"
        "settings.configure(USE_I18N=False);"
        "from yui.kernel.exchange.formats.tabular import read_table;"
        "rows = sum(len(batch) for batch in read_table(Path(sys.argv[1])).batches());"
        "peak = next(l for l in open('/proc/self/status') if l.startswith('VmHWM'));"
        "print(rows, int(peak.split()[1]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    rows, mebibytes = map(int, done.stdout.split())
    assert rows == 20_000 * -(-200 * 2**20 // len(block))
    assert mebibytes < 150
