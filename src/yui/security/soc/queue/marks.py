"""Small files beside the segments: how far writing is on the disk, how far reading is done; locks."""

import fcntl
import mmap
import os
import struct
from pathlib import Path

from yui.security.soc.queue.errors import QueueInUse

_PAIR = struct.Struct("<QQ")
_MASK = (1 << 64) - 1


class DurableMark:
    """The number of the last record that is on the disk, shared by the writing and the reading process.

    It lives in memory mapped from a file. It need not survive a power cut: the writer sets it again at start.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / "durable"
        with open(path, "a+b") as file:
            if file.seek(0, os.SEEK_END) < mmap.PAGESIZE:
                file.truncate(mmap.PAGESIZE)
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
        self._file = os.open(folder / f"committed-{reader}", os.O_RDWR | os.O_CREAT, 0o600)

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
