"""Compressed files and archives, read as they are: nothing is unpacked to disk by its name, nothing expands
unseen."""

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Generator
from typing import Any, BinaryIO, NamedTuple

from yui.security.soc.engine.records import Rejected
from yui.security.soc.formats.limits import ReadLimits
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.sniffing import FileKind

_SPOOLED_BYTES = 8 << 20

STREAM_ERRORS = (EOFError, OSError, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile)
ARCHIVE_ERRORS = (*STREAM_ERRORS, ValueError, RuntimeError, LookupError, OverflowError, struct.error)
"""What the readers of archives raise for damaged directories and headers."""


class TooLarge(Exception):
    """What comes out of a compressed stream goes beyond the limits."""


class Expansion:
    """Counts what one file on disk expands to, all layers and members together."""

    def __init__(self, limits: ReadLimits) -> None:
        self._limits = limits
        self.total = 0

    def add(self, count: int) -> None:
        """Count bytes that came out.

        Raises:
            TooLarge: more than ``limits.expanded_bytes``.
        """
        self.total += count
        if self.total > self._limits.expanded_bytes:
            raise TooLarge(f"> {self._limits.expanded_bytes} bytes")


class Counted(io.RawIOBase):
    """A stream that counts what is read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Only forwards."""
        return False

    def read(self, size: int = -1) -> bytes:
        """Read and count."""
        block = self._stream.read(size)
        self.count += len(block)
        return block

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        """Read and count."""
        block = self._stream.read(len(buffer))
        buffer[: len(block)] = block
        self.count += len(block)
        return len(block)


class Watched(io.RawIOBase):
    """The expanded side of a compressed stream: stops where it becomes a bomb."""

    def __init__(self, stream: Any, packed: Counted | int, expansion: Expansion, limits: ReadLimits) -> None:
        self._stream, self._packed, self._expansion, self._limits = stream, packed, expansion, limits
        self._count = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        """Read on.

        Raises:
            TooLarge: see ``ReadLimits.expansion`` and ``expanded_bytes``.
        """
        try:
            block = self._stream.read1(len(buffer))
        except ARCHIVE_ERRORS as error:
            if isinstance(error, STREAM_ERRORS):
                raise
            raise zipfile.BadZipFile(f"{type(error).__name__}: {error}") from None
        count = len(block)
        buffer[:count] = block
        self._count += count
        self._expansion.add(count)
        if self._count > self._limits.expansion_from:
            packed = self._packed.count if isinstance(self._packed, Counted) else self._packed
            if self._count > max(packed, 1) * self._limits.expansion:
                raise TooLarge(f"{self._count} / {packed} bytes")
        return count


class Member(NamedTuple):
    """One file of an archive."""

    name: str
    stream: io.BufferedReader


def decompressed(
    kind: FileKind, stream: BinaryIO, expansion: Expansion, limits: ReadLimits
) -> io.BufferedReader:
    """What a gzip, bzip2 or xz stream holds."""
    packed = Counted(stream)
    buffered = io.BufferedReader(packed, 1 << 16)
    opened: BinaryIO
    if kind is FileKind.GZIP:
        opened = gzip.GzipFile(fileobj=buffered)  # type: ignore[assignment]
    elif kind is FileKind.BZIP2:
        opened = bz2.BZ2File(buffered)  # type: ignore[assignment]
    else:
        opened = lzma.LZMAFile(buffered)  # type: ignore[assignment]  # noqa: SIM115  closed by its reader
    return io.BufferedReader(Watched(opened, packed, expansion, limits), 1 << 20)


def _problem_of_name(name: str) -> bool:
    path = name.replace("\\", "/")
    return (
        path.startswith("/")
        or path[1:2] == ":"
        or "\x00" in path
        or any(piece == ".." for piece in path.split("/"))
    )


def zip_members(
    name: str, stream: BinaryIO, expansion: Expansion, limits: ReadLimits
) -> Generator[Member | Rejected, None, None]:
    """The files of a zip, in its order; a stream that cannot seek is first spooled to a nameless file."""
    with tempfile.SpooledTemporaryFile(_SPOOLED_BYTES) as spool:
        source: BinaryIO = stream
        if not stream.seekable():
            while block := stream.read(1 << 20):
                spool.write(block)
            spool.seek(0)
            source = spool  # type: ignore[assignment]
        with zipfile.ZipFile(source) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            for entry in entries[: limits.members]:
                place = f"{name}!{entry.filename}"
                reason = _zip_refusal(entry)
                if reason:
                    yield rejected(place, reason)
                    continue
                try:
                    with archive.open(entry) as opened:
                        packed = max(entry.compress_size, 1)
                        yield Member(place, _watched(opened, packed, expansion, limits))
                except (NotImplementedError, RuntimeError) as error:
                    # A method of compression or encryption that Python does not have.
                    yield rejected(place, "unreadable", why=error)
                except (*ARCHIVE_ERRORS, TooLarge) as error:
                    yield refusal(place, error)
            if len(entries) > limits.members:
                yield rejected(name, "too_many_members", limit=limits.members)


def _watched(opened: Any, packed: int, expansion: Expansion, limits: ReadLimits) -> io.BufferedReader:
    return io.BufferedReader(Watched(opened, packed, expansion, limits), 1 << 20)


def _zip_refusal(entry: zipfile.ZipInfo) -> str:
    if _problem_of_name(entry.filename):
        return "unsafe_path"
    if entry.flag_bits & 0x1:
        return "encrypted"
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "link"
    return "special_file" if kind and kind != stat.S_IFREG else ""


def tar_members(
    name: str, stream: BinaryIO, expansion: Expansion, limits: ReadLimits
) -> Generator[Member | Rejected, None, None]:
    """The files of a tar, in its order, without seeking."""
    count = 0
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for entry in archive:
            # The list that tarfile keeps of what it has seen would grow with the archive.
            archive.members = []  # type: ignore[attr-defined]
            if entry.isdir():
                continue
            count += 1
            if count > limits.members:
                yield rejected(name, "too_many_members", limit=limits.members)
                return
            place = f"{name}!{entry.name}"
            if _problem_of_name(entry.name):
                yield rejected(place, "unsafe_path")
            elif entry.issym() or entry.islnk():
                yield rejected(place, "link")
            elif not entry.isreg():
                yield rejected(place, "special_file")
            else:
                opened = archive.extractfile(entry)
                if opened is not None:
                    yield Member(place, _watched(opened, max(entry.size, 1), expansion, limits))


def refusal(place: str, error: BaseException) -> Rejected:
    """Why a stream broke off."""
    why = f"{type(error).__name__}: {error}"
    if isinstance(error, TooLarge):
        return rejected(place, "bomb", why=error)
    if isinstance(error, ARCHIVE_ERRORS) and not isinstance(error, STREAM_ERRORS):
        return rejected(place, "corrupt", why=why)
    if isinstance(error, EOFError) or "unexpected end of data" in str(error):
        return rejected(place, "truncated", why=why)
    if isinstance(
        error, (zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile, gzip.BadGzipFile)
    ):
        return rejected(place, "corrupt", why=why)
    if isinstance(error, OSError) and error.errno is None:
        # bz2 tells of damaged data by an OSError without a number.
        return rejected(place, "corrupt", why=why)
    return rejected(place, "unreadable", why=why)
