"""Looks at a file before anything opens it: what it is, and whether it is a trap."""

import gzip
import io
import re
import unicodedata
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from yui.kernel.exchange.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedWorkbook,
    ExpandsTooMuch,
    FileTooLarge,
    TooManyCells,
    UnknownFormat,
)
from yui.kernel.exchange.formats.limits import Limits

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GZIP_MAGIC = b"\x1f\x8b"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
CHUNK = 2**20
MAX_NAME = 200
# A cell's address in worksheet XML. The name before `r` may carry other attributes.
CELL_ADDRESS = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")


def safe_name(name: str) -> str:
    """Return the file's own name for display: no folders, no control signs, at most 200 characters.

    The name is never used as a path; files are kept by their hash.
    """
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in base if unicodedata.category(sign)[0] != "C").strip(" .")
    if len(shown) > MAX_NAME:
        stem, dot, ending = shown.rpartition(".")
        shown = (
            stem[: MAX_NAME - len(ending) - 1] + dot + ending
            if dot and len(ending) < 10
            else shown[:MAX_NAME]
        )
    return shown or "file"


def kind_of(path: Path, limits: Limits) -> str:
    """Return ``"xlsx"``, ``"xls"``, ``"gzip"`` or ``"text"`` by the file's first bytes, never by its name.

    Raises:
        EmptyFile, FileTooLarge, EncryptedWorkbook, UnknownFormat: for files that nothing here reads.
    """
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile
    if size > limits.file_bytes:
        raise FileTooLarge(size, limits.file_bytes)
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith(OLE_MAGIC):
            if size > limits.workbook_bytes:
                raise FileTooLarge(size, limits.workbook_bytes)
            if ENCRYPTED_PACKAGE in head + file.read():
                raise EncryptedWorkbook
            return "xls"
    if head.startswith(ZIP_MAGIC):
        return "xlsx"
    if head.startswith(GZIP_MAGIC):
        return "gzip"
    if _looks_binary(head):
        raise UnknownFormat
    return "text"


def _looks_binary(head: bytes) -> bool:
    """Tell pictures and programs from text: many control bytes other than white space and NUL."""
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"PAR1")):
        return True
    control = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b\x00" for byte in head)
    return control > max(8, len(head) // 10)


def check_workbook(path: Path, limits: Limits) -> None:
    """Unzip every part of an XLSX into nothing, and refuse it if that would grow beyond the limits.

    The sizes written in the archive's directory are not believed: each part is inflated and counted.

    Raises:
        DamagedFile, ExpandsTooMuch, TooManyCells, UnknownFormat: as the archive deserves.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.workbook_bytes:
                raise ExpandsTooMuch
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
                raise UnknownFormat
            if any(part.flag_bits & 1 for part in parts):
                raise EncryptedWorkbook
            total = 0
            for part in parts:
                total += _inflate(archive, part, limits, limits.workbook_bytes - total)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise DamagedFile from error


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits, room: int) -> int:
    """Read one part of the archive to its end; return its true size."""
    is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    rows = columns = size = 0
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > room or (
                size > limits.ratio_floor and size > limits.ratio * max(part.compress_size, 1)
            ):
                raise ExpandsTooMuch
            if is_sheet:
                for letters, digits in CELL_ADDRESS.findall(tail + chunk):
                    rows = max(rows, int(digits))
                    columns = max(columns, _column_number(letters))
                if rows * columns > limits.cells:
                    raise TooManyCells(rows, columns)
                tail = chunk[-32:]
    return size


def _column_number(letters: bytes) -> int:
    """Return 1 for ``A``, 27 for ``AA``."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class BoundedGzip(io.RawIOBase):
    """Undoes gzip and stops as soon as the output passes the limits."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._file: BinaryIO = path.open("rb")
        self._stream = gzip.GzipFile(fileobj=self._file)
        self._limits = limits
        self._out = 0

    def readable(self) -> bool:
        """Say that bytes can be read."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill ``buffer`` with decompressed bytes.

        Raises:
            ExpandsTooMuch: at the limit.
            DamagedFile: when the stream breaks off.
        """
        try:
            data = self._stream.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise DamagedFile from error
        self._out += len(data)
        too_dense = (
            self._out > self._limits.ratio_floor and self._out > self._limits.ratio * self._file.tell()
        )
        if too_dense or self._out > self._limits.expanded_bytes:
            raise ExpandsTooMuch
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close both files."""
        self._stream.close()
        self._file.close()
        super().close()


def open_bytes(path: Path, kind: str, limits: Limits) -> BinaryIO:
    """Open a text file for reading bytes, undoing gzip where ``kind`` says so."""
    if kind == "gzip":
        return io.BufferedReader(BoundedGzip(path, limits), CHUNK)
    return path.open("rb", buffering=CHUNK)
