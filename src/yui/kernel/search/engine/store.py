"""The index's files: generations, the pointer to the current one, the writer's lock.

A generation is a directory of tantivy's; ``current.json`` names the one in use and what it was made
with. A rebuild fills a new generation and then moves the pointer, so that readers always have a whole
index. The lock is advisory (``flock``) and dies with its process: no stale lock can remain. It lies
beside the index, which may be deleted at any moment.
"""

import fcntl
import json
import os
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from yui.kernel.search.engine.documents import all_filled, document_of, filled
from yui.kernel.search.engine.schema import Entry, fingerprint, schema

_WRITER_BYTES = 32_000_000
_BUILDER_BYTES = 256_000_000
"""So much is gathered before a part of the index is written: an index of few parts is asked fast."""


class IndexMissing(Exception):
    """There is no index, or none that this installation can read."""


class IndexBusy(Exception):
    """Another process is writing the index."""


class BudgetExceeded(Exception):
    """A build was given up because it took longer than it was allowed to."""


@dataclass(frozen=True)
class Pointer:
    """Which generation is in use, what made it, and up to when the records are in it (ISO 8601)."""

    generation: str
    made_with: str
    until: str


class IndexStore:
    """The index in one directory, for any number of readers and one writer at a time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = threading.Lock()
        self._open: tuple[str, tuple[int, int], Any] | None = None
        self._retry_at = 0.0

    @property
    def _pointer_path(self) -> Path:
        return self.root / "current.json"

    def pointer(self) -> Pointer:
        """Return the pointer to the generation in use.

        Raises:
            IndexMissing: when there is none, or it was made by other versions.
        """
        try:
            found = Pointer(**json.loads(self._pointer_path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as problem:
            raise IndexMissing(str(problem)) from problem
        if found.made_with != fingerprint() or not (self.root / found.generation / "meta.json").exists():
            raise IndexMissing(f"the index at {self.root} is incomplete or was made with {found.made_with}")
        return found

    def searcher(self) -> Any:
        """Return a searcher over the newest committed state.

        Raises:
            IndexMissing: when there is no readable index.
        """
        from tantivy import Index  # loaded on first use, see schema

        generation = self.pointer().generation
        path = self.root / generation
        try:
            status = (path / "meta.json").stat()
            state = (status.st_mtime_ns, status.st_ino)
            with self._lock:
                if self._open is None or self._open[0] != generation:
                    index = Index.open(str(path))
                    index.config_reader("manual")
                    index.reload()
                    self._open = (generation, state, index)
                elif self._open[1] != state:
                    self._open[2].reload()
                    self._open = (generation, state, self._open[2])
                return self._open[2].searcher()
        except (OSError, ValueError) as problem:
            self.forget()
            raise IndexMissing(str(problem)) from problem

    def put_off_building(self, seconds: float) -> None:
        """Let readers not try to build the index themselves for ``seconds``: it takes too long for a page."""
        self._retry_at = time.monotonic() + seconds

    @property
    def is_building_put_off(self) -> bool:
        """Whether readers should leave the building to ``update``."""
        return time.monotonic() < self._retry_at

    def forget(self) -> None:
        """Drop the open reader; the next search opens the index anew."""
        with self._lock:
            self._open = None

    @contextmanager
    def writing(self, *, wait_seconds: float = 0.0) -> Iterator[None]:
        """Hold the writer's lock inside the block.

        Raises:
            IndexBusy: when another process still holds it after ``wait_seconds``.
        """
        self.root.parent.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + wait_seconds
        with open(self.root.with_name(f"{self.root.name}.lock"), "a", encoding="ascii") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise IndexBusy(str(self.root)) from None
                    time.sleep(0.1)
            yield

    def replace(self, entries: Iterable[Entry], *, until: str, budget_seconds: float | None = None) -> int:
        """Build a new generation from ``entries`` and put it in use; the caller holds the lock.

        Returns the number of documents.

        Raises:
            BudgetExceeded: when the build took longer than ``budget_seconds``; the old generation stays.
        """
        from tantivy import Index  # loaded on first use, see schema

        generation = f"generation-{uuid4().hex}"
        path = self.root / generation
        path.mkdir(parents=True)
        deadline = None if budget_seconds is None else time.monotonic() + budget_seconds
        try:
            index = Index(schema(), path=str(path))
            count = _fill(index, entries, deadline)
            self._point_at(Pointer(generation, fingerprint(), until))
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise
        self._remove_other_generations(generation)
        return count

    def apply(self, entries: Iterable[Entry], removed: Iterable[str], *, until: str) -> int:
        """Put ``entries`` in place of their older states and drop the URNs ``removed``.

        The caller holds the lock. Returns the number of documents written.

        Raises:
            IndexMissing: when there is no index to change.
        """
        from tantivy import Index  # loaded on first use, see schema

        pointer = self.pointer()
        try:
            index = Index.open(str(self.root / pointer.generation))
            count = 0
            with _writer(index) as writer:
                for urn in removed:
                    writer.delete_documents_by_term("urn", urn)
                for entry in entries:
                    writer.delete_documents_by_term("urn", entry.urn)
                    writer.add_document(document_of(filled(entry)))
                    count += 1
        except (OSError, ValueError) as problem:
            raise IndexMissing(str(problem)) from problem
        self._point_at(Pointer(pointer.generation, pointer.made_with, until))
        return count

    def _point_at(self, pointer: Pointer) -> None:
        """Move the pointer in one step."""
        new = self.root / f"current.{uuid4().hex}.new"
        new.write_text(json.dumps(asdict(pointer)), encoding="utf-8")
        os.replace(new, self._pointer_path)

    def _remove_other_generations(self, kept: str) -> None:
        """Remove what earlier or interrupted builds left behind; open readers keep their files."""
        for path in self.root.iterdir():
            if path.name.startswith("generation-") and path.name != kept:
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith("current.") and path.name.endswith(".new"):
                path.unlink(missing_ok=True)


@contextmanager
def _writer(index: Any, heap_bytes: int = _WRITER_BYTES) -> Iterator[Any]:
    """Commit what the block wrote, or nothing of it; the writer's threads have ended afterwards.

    One thread writes, so that equal records lie in the order in which they came.
    """
    writer = index.writer(heap_bytes, 1)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def _fill(index: Any, entries: Iterable[Entry], deadline: float | None) -> int:
    """Write all entries; without a deadline, in which nobody waits for it, with further processes."""
    count = 0
    with (
        _writer(index, _BUILDER_BYTES) as writer,
        closing(all_filled(entries, may_spread=deadline is None)) as filling,
    ):
        for found in filling:
            writer.add_document(document_of(found))
            count += 1
            if deadline is not None and time.monotonic() > deadline:
                raise BudgetExceeded(f"{count} documents")
    return count
