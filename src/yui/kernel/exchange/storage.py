"""Keeps files by their hash: the same bytes once, never under a name that somebody chose."""

import errno
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from yui.kernel.exchange.errors import EmptyFile, FileTooLarge, StorageFull, StorageLost
from yui.kernel.exchange.formats.limits import DEFAULT_LIMITS

CHUNK = 2**20
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True)
class StoredFile:
    """A kept file: SHA-256 in hexadecimal and size in bytes."""

    sha256: str
    size: int


def path_of(sha256: str) -> Path:
    """Return where the file with this hash is kept."""
    return Path(settings.FILES) / sha256[:2] / sha256


def store_file(source: IO[bytes], limit: int = DEFAULT_LIMITS.file_bytes) -> StoredFile:
    """Keep the bytes of ``source``: written aside, flushed to the disk, then put in place in one step.

    A process killed at any moment leaves either nothing under the hash or the whole file.

    Raises:
        EmptyFile: for no bytes.
        FileTooLarge: beyond ``limit`` bytes.
        StorageFull: where the disk has no room; what was written of the file is removed.
    """
    folder = Path(settings.FILES)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix="incoming-", delete=False) as target:
            aside = Path(target.name)
            try:
                stored = _copy(source, target, limit)
                target.flush()
                os.fsync(target.fileno())
                target.close()
                _put_in_place(aside, path_of(stored.sha256))
            finally:
                aside.unlink(missing_ok=True)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise StorageFull from error
        raise
    return stored


def _copy(source: IO[bytes], target: IO[bytes], limit: int) -> StoredFile:
    """Copy and hash; stop at the limit."""
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise FileTooLarge(size, limit)
        digest.update(chunk)
        target.write(chunk)
    if size == 0:
        raise EmptyFile
    return StoredFile(digest.hexdigest(), size)


def _put_in_place(aside: Path, path: Path) -> None:
    """Rename the finished file, and make the renaming itself survive a power cut."""
    path.parent.mkdir(exist_ok=True)
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def verified_path(sha256: str) -> Path:
    """Return the path of a kept file whose bytes are still those of its hash.

    Raises:
        StorageLost: where the file is gone or changed.
    """
    path = path_of(sha256)
    try:
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == sha256:
                return path
    except FileNotFoundError as error:
        raise StorageLost from error
    raise StorageLost
