"""Pytest plugin, loaded before Django's settings are read: a home of the tests' own, PostgreSQL on request.

With ``YUI_TEST_POSTGRESQL=1`` and no ``DATABASE_URL``, a private PostgreSQL cluster is made in a temporary
folder, served on loopback at a free port, and removed at the end.
"""

import atexit
import getpass
import glob
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from hypothesis import settings
from pytest import Config, Item, hookimpl

# How long one example takes says how busy the machine is; speed is measured in benchmarks. Whoever changes
# code tries new examples each time; the check of a change (`CI`) tries the same ones for the same code.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")


def _give_own_home() -> None:
    """Point ``YUI_HOME`` at an empty folder of this test process."""
    home = tempfile.mkdtemp(prefix="yui-tests-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ.update(YUI_HOME=home, YUI_DEMONSTRATION="false")
    os.environ.pop("YUI_LAKE", None)


def _postgresql_programs() -> Path:
    """Return the folder of ``initdb`` and ``postgres``, newest version first.

    Raises:
        SystemExit: when no PostgreSQL server is installed.
    """
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda f: int(f.split("/")[4]), reverse=True)
    found = folders[0] if folders else os.path.dirname(shutil.which("initdb") or "")
    if not found:
        raise SystemExit(
            "YUI_TEST_POSTGRESQL is set, but no PostgreSQL server is installed (apt install postgresql)"
        )
    return Path(found)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _start_postgresql() -> str:
    """Start a private cluster; return its ``DATABASE_URL``. PostgreSQL refuses root, who hands it over."""
    programs, folder, port = (
        _postgresql_programs(),
        Path(tempfile.mkdtemp(prefix="yui-postgresql-")),
        _free_port(),
    )
    data = folder / "data"
    prefix: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    user = "postgres" if prefix else getpass.getuser()
    subprocess.run(
        [
            *prefix,
            str(programs / "initdb"),
            "-D",
            str(data),
            "-A",
            "trust",
            "-U",
            user,
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    control = [*prefix, str(programs / "pg_ctl"), "-D", str(data), "-w", "-s"]
    subprocess.run([*control, "-l", str(folder / "log"), "-o", options, "start"], check=True)

    def stop() -> None:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False)
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgres://{user}@127.0.0.1:{port}/postgres"


_give_own_home()
if os.environ.get("YUI_TEST_POSTGRESQL") and "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = os.environ["YUI_TEST_POSTGRESQL_SERVER"] = _start_postgresql()

QUICK = "quick"
"""A run on PostgreSQL of what asks the database in new ways, for where time is short."""
ABOVE = (
    "page",
    "demo",
    "api",
    "command",
    "export",
    "intake",
    "import",
    "fault",
    "kill",
    "query_counts",
    "hostile",
    "paper",
)
"""Names of tests of what stands on verbs and questions that have tests of their own."""
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_setup", "live_server"})


@hookimpl(trylast=True)
def pytest_collection_modifyitems(config: Config, items: list[Item]) -> None:
    """Let browsers begin early, and leave out on PostgreSQL what SQLite has the answer to.

    That is what asks no database, browsers, Spark and the walk.
    """
    _let_browsers_begin(items)
    if "YUI_TEST_POSTGRESQL" not in os.environ:
        return
    if os.environ["YUI_TEST_POSTGRESQL"] == QUICK:
        config.hook.pytest_deselected(items=[item for item in items if _stands_on_the_rest(item)])
        items[:] = [item for item in items if not _stands_on_the_rest(item)]
    others = [item for item in items if not _asks_the_database(item)]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _asks_the_database(item)]


def _let_browsers_begin(items: list[Item]) -> None:
    """Put the tests of browsers before all others that empty the database, which come last.

    They take longest: at the very end, one process would work through them while the others are idle.
    """
    browsers = [item for item in items if item.get_closest_marker("browser")]
    others = [item for item in items if not item.get_closest_marker("browser")]
    emptying = (place for place, item in enumerate(others) if _empties_the_database(item))
    place = next(emptying, len(others))
    items[:] = others[:place] + browsers + others[place:]


def _empties_the_database(item: Item) -> bool:
    """Whether a test writes outside a transaction, so that its database is emptied afterwards."""
    mark = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or (mark is not None and bool(mark.kwargs.get("transaction")))


def _stands_on_the_rest(item: Item) -> bool:
    """Whether a test is one of pages, files or processes, and asks nothing of PostgreSQL by name."""
    return any(word in item.path.name for word in ABOVE) and not item.get_closest_marker("postgresql")


def _asks_the_database(item: Item) -> bool:
    """Whether what a test shows may differ between databases.

    What browsers show and Spark adds up does not; nor does the walk over all addresses as everybody, whose
    pages each room's own tests ask on both.
    """
    if any(item.get_closest_marker(name) for name in ("browser", "spark")) or "walk" in item.path.parts:
        return False
    marks = (item.get_closest_marker(name) for name in ("django_db", "postgresql"))
    return any(marks) or not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
