"""Writing the embedded queue: appended, synchronised, and only then told."""

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yui.security.soc.queue.contract import READERS
from yui.security.soc.queue.errors import QueueDiskFull, QueueFull
from yui.security.soc.queue.marks import CommittedMark, DurableMark, FolderLock
from yui.security.soc.queue.segments import MAGIC, framed, good_records, segment_path, segments_in

MEBIBYTE = 1024 * 1024
PIECES_AT_ONCE = 512
"""What one call of the system takes; Linux takes up to 1,024."""


@dataclass(frozen=True)
class QueueLimits:
    """How much the queue may hold, in bytes.

    Attributes:
        most_bytes: of all segments together; beyond it nothing is taken until processing has caught up.
        segment_bytes: of one file; a file goes once all of it was processed.
        free_bytes: what must stay free on the disk for everything else.
    """

    most_bytes: int = 20 * 1024 * MEBIBYTE
    segment_bytes: int = 64 * MEBIBYTE
    free_bytes: int = 512 * MEBIBYTE


class SegmentLog:
    """The one writer of a queue's folder. Not for several threads at once."""

    def __init__(self, folder: Path, limits: QueueLimits | None = None) -> None:
        """Open the queue, cutting off what a killed writer left half-written.

        Raises:
            QueueInUse: when another process writes to it.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder, self._limits = folder, limits or QueueLimits()
        self._lock = FolderLock(folder, "writer")
        self._mark = DurableMark(folder)
        self._file: int | None = None
        self._path = folder
        self._size = 0
        self._held = 0
        self._next = self._recover() + 1
        self._mark.set(self._next - 1)

    @property
    def held_bytes(self) -> int:
        """How much stood in the folder when it was last looked at, and what was added since."""
        return self._held

    def append(self, payloads: Sequence[bytes]) -> list[int]:
        """Write records; return their numbers once they are on the disk. All or none are taken.

        Raises:
            QueueFull: when the queue may hold no more.
            QueueDiskFull: when they cannot be written.
        """
        numbers = list(range(self._next, self._next + len(payloads)))
        block = [
            piece
            for number, payload in zip(numbers, payloads, strict=True)
            for piece in framed(number, payload)
        ]
        size = sum(map(len, block))
        try:
            self._check_room(size)
            file = self._segment(size)
            _write_all(file, block)
            os.fdatasync(file)
        except OSError as error:
            self._give_up(len(payloads))
            raise QueueDiskFull(self._folder, error.strerror or str(error)) from error
        self._size += size
        self._held += size
        self._next += len(payloads)
        self._mark.set(self._next - 1)
        return numbers

    def close(self) -> None:
        """Close the file and let another writer in."""
        self._close_segment()
        self._mark.close()
        self._lock.close()

    def _recover(self) -> int:
        """Cut the torn tail of the last file; return the last number in use."""
        last = 0
        for name in READERS:
            committed = CommittedMark(self._folder, name)
            last = max(last, committed.get())
            committed.close()
        for path in reversed(segments_in(self._folder)):
            end, found = 0, 0
            with open(path, "r+b", buffering=0) as file:
                for record in good_records(file):
                    end, found = record.end, record.position
                if end:
                    file.truncate(end)
                    os.fsync(file.fileno())
            if found:
                last = max(last, found)
                break
            path.unlink()
        self._held = self._measure()
        return last

    def _measure(self) -> int:
        sizes = 0
        for path in segments_in(self._folder):
            try:
                sizes += path.stat().st_size
            except FileNotFoundError:
                # The reader removed it between the listing and this look.
                continue
        return sizes

    def _check_room(self, size: int) -> None:
        if self._held + size > self._limits.most_bytes:
            self._held = self._measure()
            if self._held + size > self._limits.most_bytes:
                raise QueueFull(self._held, self._limits.most_bytes)
        disk = os.statvfs(self._folder)
        if disk.f_bavail * disk.f_frsize - size < self._limits.free_bytes:
            raise QueueDiskFull(self._folder, os.strerror(errno.ENOSPC))

    def _segment(self, size: int) -> int:
        """Return the open file, a new one where the last is full."""
        if self._file is not None and self._size + size > self._limits.segment_bytes:
            self._close_segment()
        if self._file is None:
            self._path = segment_path(self._folder, self._next)
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
            _write_all(self._file, [MAGIC])
            _sync_folder(self._folder)
            self._size = len(MAGIC)
            self._held = self._measure()
        return self._file

    def _give_up(self, count: int) -> None:
        """Leave nothing of a failed write behind, and never use its numbers or its file again.

        After a failed synchronisation the system may call lost pages clean: the file is not trusted any more.
        """
        if self._file is None:
            return
        try:
            if self._size > len(MAGIC):
                os.ftruncate(self._file, self._size)
            else:
                self._path.unlink()
        except OSError:
            # Records that stay were never acknowledged; processing recognises them when they come again.
            pass
        self._close_segment()
        self._next += count

    def _close_segment(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _write_all(file: int, pieces: Sequence[bytes]) -> None:
    """Write pieces one after another, without putting them together first."""
    for begin in range(0, len(pieces), PIECES_AT_ONCE):
        views = [memoryview(piece) for piece in pieces[begin : begin + PIECES_AT_ONCE] if piece]
        while views:
            written = os.writev(file, views)
            while views and written >= len(views[0]):
                written -= len(views.pop(0))
            if written:
                views[0] = views[0][written:]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
