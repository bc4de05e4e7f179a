"""Restores an archive: all of it, or nothing.

Order: prove the archive, look whether there is room, prepare files beside their place, add the lake's
files (named by their content, so they disturb nothing), load the database in one transaction, and only
after its commit move the files. A process killed at any moment leaves the old state or the new one.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.utils import timezone

from yui import __version__
from yui.kernel.backup.errors import (
    DatabaseFailed,
    LoadFailed,
    NotEmpty,
    SpaceMissing,
    VersionDiffers,
    WriteFailed,
)
from yui.kernel.backup.loading import load_tables
from yui.kernel.backup.locking import exclusive
from yui.kernel.backup.manifest import DATABASE, FILES, LAKE, SECRET, Manifest
from yui.kernel.backup.models import Restoration
from yui.kernel.backup.reading import Archive, open_archive
from yui.kernel.backup.recovery import finish, settle, staged_files, staged_secret, write_journal
from yui.kernel.backup.writing import applied_migrations
from yui.kernel.ledger.models import Entry


@dataclass(frozen=True)
class RestoreReport:
    """What was restored."""

    manifest: Manifest
    restored_secret: bool


def verify_backup(path: Path) -> Manifest:
    """Prove every checksum of the archive at ``path`` and return its manifest.

    Raises:
        ArchiveUnreadable, MemberDamaged.
    """
    with open_archive(path) as archive:
        archive.verify()
        return archive.manifest


def restore_backup(path: Path, *, replace: bool = False, with_secrets: bool = False) -> RestoreReport:
    """Put the archive's state in the place of this installation's.

    Stop the server and the workers first: they would go on with the files of the old state.

    Args:
        path: the archive.
        replace: allow it where there are records already; the old state stays until the new one stands.
        with_secrets: also take over the archive's secret key, if it has one.

    Raises:
        BackupError: one of its kinds; the old state stands.
    """
    with exclusive(settings.HOME), open_archive(path) as archive:
        archive.verify()
        try:
            _bring_tables_up()
            _check_version(archive.manifest)
            if not replace:
                _check_empty()
            check_space(archive.manifest)
        except DatabaseError as problem:
            raise DatabaseFailed(problem) from problem
        except OSError as problem:
            raise _as_failure(problem) from problem
        number = uuid4()
        takes_secret = with_secrets and archive.manifest.has_secret
        try:
            _stage(archive, number, takes_secret=takes_secret)
            _commit(archive, number)
        except (OSError, DatabaseError) as problem:
            # A connection that broke during the commit leaves open whether it happened: the database tells.
            if not settle(settings.HOME, number):
                raise _as_failure(problem) from problem
        except BaseException:
            settle(settings.HOME, number)
            raise
        finish(settings.HOME, number)
        shutil.rmtree(settings.SEARCH_INDEX, ignore_errors=True)
        return RestoreReport(archive.manifest, takes_secret)


def _as_failure(problem: OSError | DatabaseError) -> WriteFailed | LoadFailed:
    if isinstance(problem, OSError):
        return WriteFailed(problem.filename or settings.HOME, problem.strerror or str(problem))
    return LoadFailed("database", str(problem).strip())


def _bring_tables_up() -> None:
    """Make the tables where there are none yet."""
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)


def _check_version(manifest: Manifest) -> None:
    here, there = set(applied_migrations(DEFAULT_DB_ALIAS)), set(manifest.migrations)
    if here != there:
        surplus = [f"+{name}" for name in sorted(there - here)]
        surplus += [f"−{name}" for name in sorted(here - there)]
        more = f", … ({len(surplus)})" if len(surplus) > 4 else ""
        raise VersionDiffers(manifest.yui, __version__, ", ".join(surplus[:4]) + more)


def _check_empty() -> None:
    for model in (get_user_model(), Entry):
        count = model._base_manager.count()
        if count:
            raise NotEmpty(f"{model._meta.verbose_name}: {count:,}")
    if settings.FILES.is_dir() and any(settings.FILES.iterdir()):
        raise NotEmpty(str(settings.FILES))


def check_space(manifest: Manifest) -> None:
    """Refuse early what cannot fit; the database's own room is estimated by the size of its rows, twice."""
    needs = {
        settings.LAKE: manifest.size_below(LAKE),
        settings.HOME: manifest.size_below(FILES) + 2 * manifest.size_below(DATABASE),
    }
    for folder, needed in needs.items():
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
        if needed > free:
            raise SpaceMissing(folder, needed, free)


def _stage(archive: Archive, number: UUID, *, takes_secret: bool) -> None:
    """Write files and key beside their places, and the lake's files into the lake."""
    files = staged_files(settings.HOME, number)
    files.mkdir()
    for name in archive.manifest.names_below(FILES):
        _unpack(archive, name, files / name.removeprefix(FILES))
    if takes_secret:
        _unpack(archive, SECRET, staged_secret(settings.HOME, number))
    for name in archive.manifest.names_below(LAKE):
        target = settings.LAKE / name.removeprefix(LAKE)
        beside = target.with_name(f".{target.name}.{number.hex}")
        try:
            _unpack(archive, name, beside)
            os.replace(beside, target)
        finally:
            with suppress(OSError):
                beside.unlink()


def _unpack(archive: Archive, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    _write_synced(target, archive.blocks(name))


def _write_synced(target: Path, blocks: Iterable[bytes]) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for block in blocks:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _commit(archive: Archive, number: UUID) -> None:
    """Load the database in one transaction that also notes the restore; the journal precedes the commit."""
    with transaction.atomic():
        load_tables(archive)
        Restoration.objects.create(
            id=number,
            archive_made_at=datetime.fromisoformat(archive.manifest.made_at),
            restored_at=timezone.now(),
        )
        write_journal(settings.HOME, number)
