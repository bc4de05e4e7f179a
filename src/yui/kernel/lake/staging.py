"""Writing files that nobody sees yet.

A file is written under ``.staging``, synced to the disk and renamed to its place, whose name is the hash of
its bytes. It stays invisible until ``publish`` names it in the manifest, so a process killed at any moment
leaves at most an orphan for ``yui lake sweep``.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings

from yui.kernel.lake.datasets import Dataset
from yui.kernel.lake.errors import LakeWriteFailed, UnsafeName

if TYPE_CHECKING:
    import pyarrow as pa

STAGING = ".staging"
COMPRESSION_LEVEL = 3
HASH_BLOCK = 1 << 20
_ORGANISATION = re.compile(r"\A[0-9A-Za-z-]{1,12}\Z")
_MONTH = re.compile(r"\A\d{4}-\d{2}\Z")
_FOLDER = re.compile(r"\A\d{4}-\d{2}-\d{2}(T\d{2})?\Z")


@dataclass(frozen=True)
class Staged:
    """A file that lies in its place and waits to be published."""

    dataset: str
    organisation_code: str
    month: str
    part: str
    path: str
    sha256: str
    rows: int
    bytes: int


@contextmanager
def workspace() -> Iterator[Path]:
    """Give a private folder on the lake's own disk, removed at the end whatever happens.

    Raises:
        LakeWriteFailed: when the folder cannot be made.
    """
    folder = settings.LAKE / STAGING / uuid4().hex
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise LakeWriteFailed(folder, error.strerror or str(error)) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stage(
    dataset: Dataset,
    batches: "Iterable[pa.RecordBatch | pa.Table]",
    *,
    organisation_code: str,
    month: str,
    part: str = "",
) -> Staged:
    """Write Arrow ``batches`` (all of the schema of the first) as one file of ``dataset``.

    Args:
        dataset: what the rows are.
        batches: the rows; an iterator is consumed as it is written, so memory stays small.
        organisation_code: whose rows they are.
        month: ``YYYY-MM``.
        part: what tells apart files of the same month (a billing account), empty when nothing does.

    Raises:
        LakeWriteFailed: when the disk is full or refuses; nothing is left behind.
        ValueError: when there is no batch at all.
    """
    # Arrow costs 60 ms to import, which commands that never touch the lake need not pay.
    import pyarrow.parquet as pq

    with workspace() as folder:
        path = folder / "part.parquet"
        writer, iterator = None, iter(batches)
        try:
            for batch in iterator:
                if writer is None:
                    writer = pq.ParquetWriter(
                        path, batch.schema, compression="zstd", compression_level=COMPRESSION_LEVEL
                    )
                writer.write(batch)
            if writer is None:
                raise ValueError("nothing to stage")
            writer.close()
            writer = None
        except OSError as error:
            raise LakeWriteFailed(path, error.strerror or str(error)) from error
        finally:
            if writer is not None:
                _abandon(writer)
        return stage_file(dataset, path, organisation_code=organisation_code, month=month, part=part)


def _abandon(writer: "pq.ParquetWriter") -> None:  # type: ignore[name-defined] # noqa: F821
    """Close a writer whose file is to be thrown away; a full disk makes closing fail once more."""
    try:
        writer.close()
    except OSError:
        return


def stage_file(
    dataset: Dataset,
    written: Path,
    *,
    organisation_code: str,
    month: str,
    part: str = "",
    folder: str = "",
    rows: int | None = None,
    is_lasting: bool = True,
) -> Staged:
    """Move a finished Parquet file (made in a ``workspace``) to its place in the lake.

    Args:
        folder: a day (``2026-11-26``) or hour (``2026-11-26T13``) for facts so many that a month's folder
            would hold too many files; empty for none.
        rows: how many rows it has, where the caller knows; else its footer is read.
        is_lasting: whether the file is forced to the disk before it is named; only facts that can be made
            again at any time (架空データ) may do without.

    Raises:
        LakeWriteFailed: when syncing or moving fails.
        UnsafeName: when code, month or folder could leave the place they name.
    """
    # Heavy: most processes never come here.
    import pyarrow.parquet as pq

    if not _ORGANISATION.match(organisation_code):
        raise UnsafeName(organisation_code)
    if not _MONTH.match(month):
        raise UnsafeName(month)
    if folder and not _FOLDER.match(folder):
        raise UnsafeName(folder)
    try:
        if rows is None:
            rows = pq.read_metadata(written).num_rows
        if is_lasting:
            _sync(written)
        digest, size = sha256_of(written), written.stat().st_size
        below = f"month={month}/{folder}" if folder else f"month={month}"
        relative = f"{dataset.name}/organisation={organisation_code}/{below}/part-{digest[:32]}.parquet"
        place = settings.LAKE / relative
        place.parent.mkdir(parents=True, exist_ok=True)
        # Replacing an equal file also renews its age, so the sweeper cannot take an old orphan from under us.
        os.replace(written, place)
        os.utime(place)
        if is_lasting:
            _sync(place.parent)
    except OSError as error:
        raise LakeWriteFailed(written, error.strerror or str(error)) from error
    return Staged(dataset.name, organisation_code, month, part, relative, digest, rows, size)


def sha256_of(path: Path) -> str:
    """Return the hexadecimal SHA-256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(HASH_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    """Force a file, or the entries of a folder, to the disk, so that they survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
