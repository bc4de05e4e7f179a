"""A database on which migrations have run, made once for all processes of a test run, who take copies."""

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

TEMPLATE_ON_POSTGRESQL = "yui_migrated"
_SOURCE = Path(__file__).parents[2]


def migrated_sqlite(folder: Path) -> Path:
    """Return a SQLite file that holds what migrations make, and nothing else.

    ``folder`` is shared by the processes of the run: the first one that asks makes the file, the others wait.
    """
    path = folder / "migrated.sqlite3"

    def make() -> None:
        _migrate(f"sqlite:///{path}", folder)
        with closing(sqlite3.connect(path)) as database:
            # A copy must be whole without the files that write-ahead logging keeps beside it.
            database.execute("PRAGMA journal_mode=DELETE")

    _once(path.with_suffix(".made"), make)
    return path


def migrated_postgresql(folder: Path, server: str) -> str:
    """Return the name of a migrated database on the server at this address: a template of others.

    ``folder`` is shared by the processes of the run, as in ``migrated_sqlite``.
    """

    def make() -> None:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {TEMPLATE_ON_POSTGRESQL}")
        _migrate(urlunsplit(urlsplit(server)._replace(path=f"/{TEMPLATE_ON_POSTGRESQL}")), folder)

    _once(folder / "migrated-postgresql.made", make)
    return TEMPLATE_ON_POSTGRESQL


def _once(mark: Path, make: Callable[[], None]) -> None:
    """Call ``make`` unless another process of the run has done so; a failure leaves no mark."""
    with mark.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not mark.exists():
            make()
            mark.touch()


def _migrate(database_url: str, home: Path) -> None:
    """Run ``yui migrate`` as an installation would, in a process of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "YUI_HOME": str(home / "home"),
        "PYTHONPATH": os.pathsep.join([str(_SOURCE), os.environ.get("PYTHONPATH", "")]),
    }
    done = subprocess.run(
        [sys.executable, "-m", "yui", "migrate", "-v0"], env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"the migrations of the tests' database failed:\n{done.stderr[-4000:]}")
