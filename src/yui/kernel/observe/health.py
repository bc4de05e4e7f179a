"""Whether Yui is well, part by part."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from yui.kernel.calendar_jp import now
from yui.kernel.tasks.pulse import pulse_store

WORKER_SILENCE = timedelta(seconds=60)


@dataclass(frozen=True)
class Part:
    """One thing that Yui needs: whether it is well, and what was seen (for trusted readers only)."""

    name: str
    is_well: bool
    detail: str


def database() -> Part:
    """Ask the database for an answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Part("database", True, connection.vendor)


_applied = False


def migrations() -> Part:
    """Look for migrations that were not applied; once none is left, this process need not look again."""
    global _applied
    if _applied:
        return Part("migrations", True, "0 unapplied")
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    _applied = not waiting
    return Part("migrations", not waiting, f"{waiting} unapplied")


def lake() -> Part:
    """Write a byte into the lake's folder."""
    folder = Path(settings.LAKE)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".health-") as file:
        file.write(b"0")
        file.flush()
    return Part("lake", True, str(folder))


def worker() -> Part:
    """Look for the latest sign of life of any worker."""
    seen = pulse_store().latest_worker()
    if seen is None:
        return Part("worker", False, "no worker has been seen")
    silence = now() - seen
    return Part("worker", silence <= WORKER_SILENCE, f"seen {silence.total_seconds():.0f} s ago")


def disk() -> Part:
    """Measure the space left where Yui keeps its state."""
    free = shutil.disk_usage(settings.HOME).free // 2**20
    return Part("disk", free >= settings.MINIMUM_FREE_MB, f"{free} MiB free")


WEB_PARTS: tuple[Callable[[], Part], ...] = (database, migrations)
ALL_PARTS: tuple[Callable[[], Part], ...] = (*WEB_PARTS, lake, worker, disk)


def examine(parts: tuple[Callable[[], Part], ...]) -> list[Part]:
    """Look at each part; one that cannot be looked at is not well."""
    found = []
    for look in parts:
        try:
            found.append(look())
        except (DatabaseError, OSError) as error:
            found.append(Part(look.__name__, False, f"{type(error).__name__}: {error}".strip()))
    return found
