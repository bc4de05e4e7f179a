"""A whole installation of its own, in real processes, for tests that kill them."""

import atexit
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

PREPARE = """
from datetime import date
from django.test import Client
from yui.kernel.scope.models import Organisation
from yui.organisations.models import Membership, User
sessions = {}
for number, (code, name) in enumerate([("131032", "alice"), ("131041", "charlie")], 1):
    ward, _ = Organisation.objects.get_or_create(
        code=code, defaults=dict(kind="ward", name_ja=code, name_en=code, name_kana=code)
    )
    user = User.objects.create_user(name)
    Membership.objects.create(user=user, organisation=ward, role="officer", valid_from=date(2020, 4, 1))
    browser = Client(REMOTE_ADDR="127.0.0.1")
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = browser.session
    session.save()
    sessions[name] = session.session_key
Organisation.objects.get_or_create(
    code="JB-1", defaults=dict(kind="joint_body", name_ja="JB-1", name_en="JB-1", name_kana="JB-1")
)
print(json.dumps(sessions))
"""

JOBS = """
import os, sys, time
from pathlib import Path
from yui.kernel.tasks.registry import job, periodic

@job("test.slow", title="ゆっくり")
def slow(run, *, notes, seconds):
    with open(notes, "a") as file:
        file.write(f"{run.attempt}\\n")
    if run.attempt == 1:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            run.progress(1, 2, "first half")
            run.check_cancelled()
            time.sleep(0.05)
    return {"attempt": run.attempt}

@periodic("test.tick", title="定期", every_minutes=1)
def tick(run):
    with open(Path(os.environ["YUI_HOME"]) / "ticks", "a") as file:
        file.write("tick\\n")
"""

HEAD = """
import json, os, django
django.setup()
"""


@dataclass
class Installation:
    """A YUI_HOME with its SQLite file, and the processes that work on it."""

    home: Path
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make a process part of this installation."""
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return {
            "DJANGO_SETTINGS_MODULE": "yui.conf.settings",
            **kept,
            "YUI_HOME": str(self.home),
            "DATABASE_URL": f"sqlite:///{self.home}/yui.sqlite3",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }

    def run(self, code: str, *, jobs: bool = False) -> Any:
        """Run Python in a process of its own; return its last line, read as JSON."""
        text = HEAD + (JOBS if jobs else "") + textwrap.dedent(code)
        done = subprocess.run(
            [sys.executable, "-c", text], env=self.environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr[-4000:]
        lines = done.stdout.strip().splitlines()
        return json.loads(lines[-1]) if lines else None

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Read from the database file, without the seconds that a process of Django's takes."""
        with closing(sqlite3.connect(self.home / "yui.sqlite3", timeout=10)) as connection:
            return connection.execute(sql).fetchall()

    def start(self, arguments: list[str]) -> subprocess.Popen[str]:
        """Start Python with arguments in the background."""
        log = (self.home / "processes.log").open("a")
        process = subprocess.Popen(
            [sys.executable, *arguments], env=self.environment, stdout=log, stderr=log, text=True
        )
        self.processes.append(process)
        return process

    def start_worker(self, *, lost_after: float = 1.5) -> subprocess.Popen[str]:
        """Start a worker that knows the jobs of the tests and soon takes a silent one for lost."""
        code = f"""
        from yui.kernel.tasks.worker import JobWorker, Pace
        JobWorker(Pace(interval=0.1, heartbeat=0.3, lost_after={lost_after}, timetable=0.2)).run()
        """
        return self.start(["-c", HEAD + JOBS + textwrap.dedent(code)])

    def log(self) -> str:
        """Return what the processes have written."""
        return (self.home / "processes.log").read_text()

    def end(self) -> None:
        """Kill what still runs."""
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()


@cache
def _template(migrated_database: Path) -> tuple[Path, dict[str, str]]:
    """Make, once in a test process, an installation with two wards, Alice and Charlie."""
    folder = Path(tempfile.mkdtemp(prefix="yui-installation-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home = folder / "home"
    home.mkdir()
    shutil.copy(migrated_database, home / "yui.sqlite3")
    return home, Installation(home).run(PREPARE)


def prepared(folder: Path, migrated_database: Path) -> tuple[Installation, dict[str, str]]:
    """Return an installation in ``folder`` with two wards, Alice and Charlie, and their session keys."""
    template, sessions = _template(migrated_database)
    shutil.copytree(template, folder)
    return Installation(folder), sessions


def until(condition: Callable[[], Any], what: str, seconds: float = 60) -> Any:
    """Wait for a condition and return its value."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain for: {what}")
