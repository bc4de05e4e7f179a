"""Files on their way in: kept under names of our own until they are imported or given up."""

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings

from yui.kernel.exchange.errors import EmptyFile, FileTooLarge
from yui.kernel.exchange.formats.limits import DEFAULT_LIMITS
from yui.kernel.lake.errors import LakeWriteFailed

KEPT_SECONDS = 7 * 24 * 3600
CHUNK = 1 << 20


@dataclass(frozen=True)
class KeptFile:
    """A kept file: its name in the folder, SHA-256 in hexadecimal, and size in bytes."""

    name: str
    sha256: str
    size: int


def path_of(name: str) -> Path:
    """Return where a kept file lies, or lay."""
    return Path(settings.FILES) / "costs-waiting" / Path(name).name


def keep(source: IO[bytes], limit: int = DEFAULT_LIMITS.file_bytes) -> KeptFile:
    """Write the bytes down and hash them on the way; files that nobody decided about for a week go.

    Raises:
        EmptyFile, FileTooLarge: by size.
        LakeWriteFailed: when the disk is full; nothing of the file is left.
    """
    path = path_of(uuid4().hex)
    digest, size = hashlib.sha256(), 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _forget_old(path.parent)
        with path.open("wb") as target:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise FileTooLarge(size, limit)
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        if size == 0:
            raise EmptyFile
    except OSError as error:
        path.unlink(missing_ok=True)
        raise LakeWriteFailed(path, error.strerror or str(error)) from error
    except (EmptyFile, FileTooLarge):
        path.unlink(missing_ok=True)
        raise
    return KeptFile(path.name, digest.hexdigest(), size)


def let_go(name: str) -> None:
    """Remove a kept file; its rows lie in the lake, or nobody wants them."""
    path_of(name).unlink(missing_ok=True)


def _forget_old(folder: Path) -> None:
    """Remove what has been waiting for too long."""
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)
