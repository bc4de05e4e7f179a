"""Brings a bill's bytes into a shape that DuckDB reads: Parquet, or CSV in UTF-8 without compression."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from yui.kernel.exchange.errors import EmptyFile, ExpandsTooMuch, FileTooLarge
from yui.kernel.exchange.formats.encodings import detect_encoding
from yui.kernel.exchange.formats.limits import DEFAULT_LIMITS, Limits
from yui.transition.costs.formats.errors import UnreadableBill

PARQUET_MAGIC = b"PAR1"
GZIP_MAGIC = b"\x1f\x8b"
BLOCK = 1 << 20


@dataclass(frozen=True)
class Opened:
    """A file that DuckDB can read as it lies."""

    path: Path
    is_parquet: bool


def open_bill(path: Path, workspace: Path, limits: Limits = DEFAULT_LIMITS) -> Opened:
    """Undo compression and foreign encodings where there are any, into ``workspace``.

    The first megabyte tells UTF-8 from other encodings; a later byte that does not fit is found when the
    rows are read, and ``in_utf8`` is then asked to look at the whole file.

    Raises:
        EmptyFile, FileTooLarge, ExpandsTooMuch: by size.
        UnreadableBill: when the bytes are damaged.
        UnreadableText: when no encoding fits.
    """
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile
    if size > limits.file_bytes:
        raise FileTooLarge(size, limits.file_bytes)
    with path.open("rb") as file:
        head = file.read(BLOCK)
    if head.startswith(PARQUET_MAGIC):
        return Opened(path, is_parquet=True)
    if head.startswith(GZIP_MAGIC):
        path = _gunzip(path, workspace / "bill.csv", limits)
        with path.open("rb") as file:
            head = file.read(BLOCK)
    if not head:
        raise EmptyFile
    return Opened(path if _begins_as_utf8(head) else in_utf8(path, workspace), is_parquet=False)


def in_utf8(path: Path, workspace: Path) -> Path:
    """Return a copy of the text file in UTF-8, made block by block.

    Raises:
        UnreadableText: when no encoding fits every byte.
    """
    encoding = detect_encoding(lambda: path.open("rb"))
    target = workspace / "bill-utf8.csv"
    with (
        path.open(encoding=encoding, newline="") as source,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        while text := source.read(BLOCK):
            out.write(text)
    return target


def header_of(path: Path) -> tuple[str, ...]:
    """Return the first record of a CSV in UTF-8.

    Raises:
        UnreadableBill: when it is no CSV record.
    """
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        try:
            return tuple(next(csv.reader(file), ()))
        except csv.Error as error:
            raise UnreadableBill(str(error)) from error


def _begins_as_utf8(head: bytes) -> bool:
    """Tell whether the bytes are UTF-8 so far; a character cut at the end of the block is no fault."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3 and len(head) == BLOCK
    return b"\x00" not in head


def _gunzip(path: Path, target: Path, limits: Limits) -> Path:
    """Undo gzip, counting what comes out."""
    most = min(limits.expanded_bytes, max(limits.ratio_floor, path.stat().st_size * limits.ratio))
    written = 0
    with _damage_told(), gzip.open(path, "rb") as source, target.open("wb") as out:
        while block := source.read(BLOCK):
            written += len(block)
            if written > most:
                raise ExpandsTooMuch
            out.write(block)
    return target


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableBill(str(error)) from error
