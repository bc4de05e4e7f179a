"""Whole installations, each in its own folder and database, driven through the command line."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest

NOT_STATE = {"backup_restoration", "django_migrations", "sqlite_sequence"}
SOURCE = Path(__file__).parents[4]
SEED = "from yui.kernel.backup.tests.seeding import seed; seed({entries})"


@dataclass
class Installation:
    """One Yui with its own state."""

    home: Path
    database_url: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment of this installation's processes."""
        return {
            **os.environ,
            "YUI_HOME": str(self.home),
            "YUI_LAKE": str(self.home / "lake"),
            "DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "yui.conf.settings"),
            "PYTHONPATH": os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")]),
        }

    def start(self, *words: object, **options) -> subprocess.Popen:
        """Start ``yui`` with these words."""
        command = [sys.executable, "-m", "yui", *map(str, words)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, env=self.environment, **pipes, **options)

    def yui(self, *words: object, **options) -> subprocess.CompletedProcess:
        """Run ``yui`` to its end."""
        process = self.start(*words, **options)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def run(self, *words: object) -> str:
        """Run ``yui`` and demand success; return what it wrote."""
        done = self.yui(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def seed(self, entries: int = 200) -> None:
        """Fill it with rows."""
        self.run("shell", "-v0", "-c", SEED.format(entries=entries))

    def on_disk(self) -> dict[str, list]:
        """Everything an installation on SQLite holds, read without Yui: sorted rows by table, and files."""
        with closing(sqlite3.connect(self.home / "yui.sqlite3")) as database:
            tables = [
                name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            ]
            held = {
                table: sorted(database.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)
                for table in tables
                if table not in NOT_STATE
            }
        for folder in ("files", "lake"):
            for path in (self.home / folder).rglob("*"):
                if path.is_file():
                    held[path.relative_to(self.home).as_posix()] = [path.read_bytes()]
        return held

    def state(self, scratch: Path) -> dict[str, bytes]:
        """Everything it holds, read through a backup of it: sorted rows by table, and files."""
        archive = scratch / f"{uuid4().hex}.zip"
        self.run("backup", archive)
        return contents(archive)


def contents(archive: Path) -> dict[str, bytes]:
    """The members of an archive; rows sorted, because databases order text differently."""
    with zipfile.ZipFile(archive) as file:
        members = {name: file.read(name) for name in file.namelist() if name != "manifest.json"}
    return {
        name: _in_one_order(content) if name.startswith("database/") else content
        for name, content in members.items()
    }


def _in_one_order(rows: bytes) -> bytes:
    """Sort rows, and keys inside JSON values: PostgreSQL keeps those in an order of its own."""
    values = [json.loads(row) for row in rows.splitlines()]
    return "\n".join(sorted(json.dumps(value, sort_keys=True) for value in values)).encode()


def _sqlite(home: Path) -> Installation:
    return Installation(home, f"sqlite:///{home / 'yui.sqlite3'}")


@pytest.fixture(scope="session")
def seeded_template(migrated_database, tmp_path_factory) -> Path:
    """The home of a filled installation; tests take copies."""
    home = tmp_path_factory.mktemp("template") / "home"
    home.mkdir()
    shutil.copy(migrated_database, home / "yui.sqlite3")
    installation = _sqlite(home)
    installation.seed()
    return home


@pytest.fixture(scope="session")
def archive_template(seeded_template, tmp_path_factory) -> Path:
    """A backup of the filled installation; tests that damage it take copies."""
    path = tmp_path_factory.mktemp("archive") / "yui.zip"
    _sqlite(seeded_template).run("backup", path)
    return path


@pytest.fixture
def archive(archive_template, tmp_path) -> Path:
    """A backup that the test may damage."""
    return Path(shutil.copy(archive_template, tmp_path / "yui.zip"))


@pytest.fixture
def filled(seeded_template, tmp_path) -> Installation:
    """A filled installation on SQLite."""
    home = tmp_path / "filled"
    shutil.copytree(seeded_template, home)
    return _sqlite(home)


@pytest.fixture
def empty(tmp_path) -> Installation:
    """An installation of which nothing exists yet."""
    return _sqlite(tmp_path / "empty")


@pytest.fixture
def migrated(empty, migrated_database) -> Installation:
    """An installation with its tables, and no records yet but those that migrations make."""
    empty.home.mkdir()
    shutil.copy(migrated_database, empty.home / "yui.sqlite3")
    return empty


@pytest.fixture
def on_postgresql(tmp_path):
    """An empty installation on a PostgreSQL database of its own.

    The server is that of DATABASE_URL when the suite runs on PostgreSQL (YUI_TEST_POSTGRESQL=1), else one
    on this machine that lets ``postgres`` in.
    """
    psycopg = pytest.importorskip("psycopg")
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        server = "postgres://postgres@127.0.0.1:5432"
    server = urlunsplit(urlsplit(server)._replace(path="/postgres"))
    try:
        connection = psycopg.connect(server, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError as problem:
        pytest.skip(f"no PostgreSQL server (YUI_TEST_POSTGRESQL=1 starts one): {problem}")
    name = f"yui_backup_{uuid4().hex[:12]}"
    with connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
            yield Installation(tmp_path / "postgresql", url)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
