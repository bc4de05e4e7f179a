"""Small files beside the segments: how far writing is on the disk, how far reading is done; locks."""

import fcntl
import mmap
import os
import struct
from pathlib import Path

from yui.security.soc.queue.errors import QueueDiskFull, QueueInUse

_PAIR = struct.Struct("<QQ")
_MASK = (1 << 64) - 1


class DurableMark:
    """The number of the last record that is on the disk, shared by the writing and the reading process.

    It lives in memory mapped from a file. It need not survive a power cut: the writer sets it again at start.
    """

    def __init__(self, folder: Path) -> None:
        """Open the mark.

        Raises:
            QueueDiskFull: when it is new and the disk has no room for it.
        """
        with open(folder / "durable", "a+b", buffering=0) as file:
            # Written, not stretched: a page that a full disk owes ends the process that touches it.
            _reserve(file.fileno(), folder, bytes(mmap.PAGESIZE))
            self._map = mmap.mmap(file.fileno(), mmap.PAGESIZE)
        # One aligned 64-bit store: a reader never sees half of a number.
        self._cells = memoryview(self._map).cast("Q")

    def get(self) -> int:
        """Return the number."""
        return self._cells[0]

    def set(self, position: int) -> None:
        """Tell the reader that records up to ``position`` are on the disk."""
        self._cells[0] = position

    def close(self) -> None:
        """Let go of the memory."""
        self._cells.release()
        self._map.close()


class CommittedMark:
    """The number of the last record that a reader has finished with.

    Written with its complement: a number that was cut in the middle reads as 0, and processing, which
    recognises what it stored, begins from the oldest record kept.
    """

    def __init__(self, folder: Path, reader: str) -> None:
        """Open the mark.

        Raises:
            QueueDiskFull: when it is new and the disk has no room for it.
        """
        self._file = os.open(folder / f"committed-{reader}", os.O_RDWR | os.O_CREAT, 0o600)
        # On a disk that the queue has filled, the first commit needs its room to make room.
        _reserve(self._file, folder, _PAIR.pack(0, _MASK))

    def get(self) -> int:
        """Return the number; 0 where nothing was committed."""
        found = os.pread(self._file, _PAIR.size, 0)
        if len(found) < _PAIR.size:
            return 0
        position, complement = _PAIR.unpack(found)
        return position if position ^ complement == _MASK else 0

    def set(self, position: int) -> None:
        """Keep the number."""
        os.pwrite(self._file, _PAIR.pack(position, position ^ _MASK), 0)

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def _reserve(file: int, folder: Path, content: bytes) -> None:
    """Let a file that is too short hold ``content`` from where it ends; a longer one stays as it is."""
    size = os.fstat(file).st_size
    if size >= len(content):
        return
    try:
        os.pwrite(file, content[size:], size)
    except OSError as error:
        raise QueueDiskFull(folder, error.strerror or str(error)) from error


class FolderLock:
    """One process at a time in one role; the system frees it when the process ends, however it ends."""

    def __init__(self, folder: Path, role: str) -> None:
        self._file = os.open(folder / f"{role}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise QueueInUse(folder, role) from None

    def close(self) -> None:
        """Let another process in."""
        os.close(self._file)
