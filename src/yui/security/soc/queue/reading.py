"""Reading the embedded queue, usually from another process than the one that writes."""

import contextlib
import os
import time
from collections.abc import Sequence
from io import FileIO
from itertools import pairwise
from pathlib import Path

from yui.security.soc.queue.contract import READERS, STORAGE, Queued
from yui.security.soc.queue.deliveries import decode
from yui.security.soc.queue.errors import QueueRecordDamaged
from yui.security.soc.queue.marks import CommittedMark, DurableMark, FolderLock
from yui.security.soc.queue.segments import (
    MAGIC,
    Record,
    first_position,
    read_record,
    segments_in,
)

LOOK_SECONDS = 0.005


class SegmentReader:
    """One of the readers of a queue's folder.

    Args:
        folder: the queue's.
        name: which reader this is.
        readers: all readers; what all of them have committed is removed.

    Attributes:
        damaged: how many records (or ends of files) did not read back. Their files are kept beside the others
            as ``*.damaged`` instead of being removed.
    """

    def __init__(self, folder: Path, name: str = STORAGE, readers: Sequence[str] = READERS) -> None:
        """Begin after the last number that this reader committed.

        Raises:
            QueueInUse: when another process is this reader.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._lock = FolderLock(folder, f"reader-{name}")
        self._mark = DurableMark(folder)
        self._committed = CommittedMark(folder, name)
        self._others = [CommittedMark(folder, other) for other in readers if other != name]
        self._after = self._committed.get()
        self._file: FileIO | None = None
        self._path = folder
        self._at = 0
        self._suspects: set[Path] = set()
        self.damaged = 0

    @property
    def behind(self) -> int:
        """How many records were written and not yet given out."""
        return max(0, self._mark.get() - self._after)

    def read(self, most_events: int, wait_seconds: float) -> list[Queued]:
        """Return the next deliveries, up to about ``most_events`` events; wait for the first one."""
        until = time.monotonic() + wait_seconds
        while True:
            found = self._take(most_events)
            if found or time.monotonic() >= until:
                return found
            time.sleep(LOOK_SECONDS)

    def commit(self, position: int) -> None:
        """Never give the records up to ``position`` again; remove the files of which all readers have all."""
        self._committed.set(position)
        finished = min([position, *(other.get() for other in self._others)])
        paths = segments_in(self._folder)
        for path, following in pairwise(paths):
            if first_position(following) > finished + 1:
                break
            # Another reader may remove, or put aside, the same file at the same moment.
            with contextlib.suppress(FileNotFoundError):
                if path in self._suspects:
                    path.rename(path.with_suffix(".damaged"))
                else:
                    path.unlink()
            self._suspects.discard(path)

    def close(self) -> None:
        """Let another reader in."""
        if self._file is not None:
            self._file.close()
        self._mark.close()
        for mark in (self._committed, *self._others):
            mark.close()
        self._lock.close()

    def _take(self, most_events: int) -> list[Queued]:
        durable, events, found = self._mark.get(), 0, list[Queued]()
        while events < most_events and self._after < durable:
            record = self._next_record(durable)
            if record is None:
                break
            self._after = max(self._after, record.position)
            try:
                if record.payload is None:
                    raise QueueRecordDamaged(f"{self._path.name} @{self._at}")
                delivery = decode(record.payload)
            except QueueRecordDamaged:
                self._suspect()
                continue
            events += len(delivery.raws)
            found.append(Queued(record.position, delivery))
        return found

    def _next_record(self, durable: int) -> Record | None:
        """Return the next record that was not given out and is on the disk."""
        while True:
            if self._file is None and not self._open_next():
                return None
            record = self._read()
            if record is None:
                # A later file means that this one is finished; what was written meanwhile is read first.
                later = self._later()
                record = self._read()
                if record is None:
                    if later is None:
                        return None
                    self._leave()
                    continue
            if record.position > durable:
                return None
            self._at = record.end
            if record.position > self._after:
                return record

    def _read(self) -> Record | None:
        return read_record(self._file, self._at) if self._file is not None else None

    def _later(self) -> Path | None:
        return next((path for path in segments_in(self._folder) if path > self._path), None)

    def _open_next(self) -> bool:
        """Open the file of the next record; a file whose successor begins no later holds nothing new."""
        paths = [
            path for path in segments_in(self._folder) if path > self._path or self._path == self._folder
        ]
        useful = [
            path
            for path, following in zip(paths, [*paths[1:], None], strict=True)
            if following is None or first_position(following) > self._after + 1
        ]
        if not useful:
            return False
        self._path, self._at = useful[0], len(MAGIC)
        self._file = FileIO(self._path)
        return True

    def _leave(self) -> None:
        """Go on to the next file; bytes after the last good record are damage."""
        if self._file is not None:
            if self._at < os.fstat(self._file.fileno()).st_size:
                self._suspect()
            self._file.close()
            self._file = None

    def _suspect(self) -> None:
        self.damaged += 1
        self._suspects.add(self._path)
