"""Ends a restore that was killed: forward when its database was committed, back when it was not.

What a restore changes outside the database is prepared beside its place under the restore's own number
and moved there after the commit. The journal, written before the commit, tells the number; the table of
restorations, written by the commit, tells which way to go.
"""

import json
import os
import shutil
import warnings
from pathlib import Path
from uuid import UUID

from django.db import connection

from yui.kernel.backup.errors import AlreadyRunning
from yui.kernel.backup.locking import exclusive


def journal_path(home: Path) -> Path:
    """Return where an unfinished restore is noted."""
    return home / "restore.journal"


def staged_files(home: Path, number: UUID) -> Path:
    """Return where a restore prepares the folder of uploaded files."""
    return home / f"files.restore-{number.hex}"


def staged_secret(home: Path, number: UUID) -> Path:
    """Return where a restore prepares the secret key."""
    return home / f"secret_key.restore-{number.hex}"


def write_journal(home: Path, number: UUID) -> None:
    """Note that restore ``number`` is about to commit."""
    new = home / f"restore.journal.{number.hex}"
    with new.open("w", encoding="ascii") as file:
        json.dump({"number": number.hex}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, journal_path(home))


def finish(home: Path, number: UUID) -> None:
    """Move what restore ``number`` prepared to its place; may be done again after an interruption."""
    current, old, staged = home / "files", home / f"files.before-{number.hex}", staged_files(home, number)
    if staged.exists():
        if current.exists():
            os.rename(current, old)
        os.rename(staged, current)
    if staged_secret(home, number).exists():
        os.replace(staged_secret(home, number), home / "secret_key")
    shutil.rmtree(old, ignore_errors=True)
    journal_path(home).unlink(missing_ok=True)


def undo(home: Path, number: UUID) -> None:
    """Remove what restore ``number`` prepared; the old state was never touched."""
    shutil.rmtree(staged_files(home, number), ignore_errors=True)
    staged_secret(home, number).unlink(missing_ok=True)
    journal_path(home).unlink(missing_ok=True)


def settle(home: Path, number: UUID) -> bool:
    """End restore ``number`` according to the database; return whether it was committed."""
    committed = journal_path(home).exists() and _was_committed(number)
    (finish if committed else undo)(home, number)
    return committed


def recover(home: Path) -> None:
    """End the restore that the journal names, unless its process is still at work."""
    try:
        with exclusive(home):
            if journal_path(home).exists():
                number = UUID(json.loads(journal_path(home).read_text(encoding="ascii"))["number"])
                settle(home, number)
    except AlreadyRunning:
        return


def _was_committed(number: UUID) -> bool:
    """Return whether the database knows restore ``number``."""
    with warnings.catch_warnings():
        # Django warns of reads while it starts; a half-done restore must end before anything else reads.
        warnings.simplefilter("ignore", RuntimeWarning)
        with connection.cursor() as cursor:
            if "backup_restoration" not in connection.introspection.table_names(cursor):
                return False
            value = number if connection.features.has_native_uuid_field else number.hex
            cursor.execute("SELECT 1 FROM backup_restoration WHERE id = %s", [value])
            return cursor.fetchone() is not None
