"""Keep an upload: looked at, scanned, then stored under its hash."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from yui.kernel.attachments.errors import AttachmentTooLarge, EmptyAttachment, StorageRefused
from yui.kernel.attachments.kinds import media_type_of
from yui.kernel.attachments.models import ScanState
from yui.kernel.attachments.names import clean_name
from yui.kernel.attachments.scanning import scan
from yui.kernel.exchange.errors import StorageFull
from yui.kernel.exchange.storage import NO_ROOM, store_file

CHUNK = 2**20


@dataclass(frozen=True)
class KeptUpload:
    """A file that is kept; the fields of ``Attachment`` with the same names."""

    name: str
    media_type: str
    size: int
    sha256: str
    scan: ScanState

    def as_fields(self) -> dict[str, Any]:
        """Return the values for an attachment's fields."""
        return {
            "name": self.name, "media_type": self.media_type, "size": self.size, "sha256": self.sha256,
            "scan": self.scan,
        }  # fmt: skip


def size_limit() -> int:
    """Return the bytes that one attachment may have in this installation."""
    return int(settings.ATTACHMENT_MB) * 2**20


def keep_upload(file: IO[bytes], *, name: str) -> KeptUpload:
    """Check the bytes of ``file`` and keep them under their SHA-256.

    Call it before the transaction begins (on SQLite a transaction holds up every other writer); whether the
    person may attach the file at all is the caller's to check first.

    Args:
        file: read in pieces from its beginning.
        name: as it was called; only its last part is used, and its ending follows the bytes.

    Raises:
        AttachmentRefused: one of its kinds, saying what is wrong with which file.
    """
    folder = Path(settings.FILES)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix="incoming-") as aside:
            _copy(file, aside, name)
            media_type = media_type_of(aside, name, may_be_archive=settings.ATTACHMENT_ZIP)
            state = scan(Path(aside.name), name)
            stored = store_file(aside, size_limit())
    except StorageFull as error:
        raise StorageRefused(name) from error
    except OSError as error:
        if error.errno in NO_ROOM:
            raise StorageRefused(name) from error
        raise
    return KeptUpload(clean_name(name, media_type), media_type, stored.size, stored.sha256, state)


def _copy(source: IO[bytes], target: IO[bytes], name: str) -> None:
    """Copy up to the limit, and put everything on the disk for the scanner."""
    source.seek(0)
    size, limit = 0, size_limit()
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise AttachmentTooLarge(name, limit=settings.ATTACHMENT_MB)
        target.write(chunk)
    if not size:
        raise EmptyAttachment(name)
    target.flush()
    target.seek(0)
