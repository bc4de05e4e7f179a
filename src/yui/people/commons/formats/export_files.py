"""The files of an export, in a ZIP or a folder: read one by one, never unpacked, never beyond the limits."""

import hashlib
import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from django.utils.translation import gettext_lazy as _

from yui.people.commons.formats.imported import Reason

CHUNK = 1 << 20
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error)
_ENCRYPTED = 0x1
_TAIL = 70_000
"""Bytes at the end of a ZIP in which its directory is announced (a comment has up to 65,535)."""


@dataclass(frozen=True)
class FileLimits:
    """How much is read.

    Attributes:
        file_bytes: one file of the export, expanded (a day of one channel).
        total_bytes: all readings together.
        files: names in the archive or folder.
        directory_bytes: the directory of a ZIP, which is held in memory.
        ratio: expanded over packed bytes of one file, looked at from ``ratio_floor`` bytes.
    """

    file_bytes: int = 64 << 20
    total_bytes: int = 32 << 30
    files: int = 500_000
    directory_bytes: int = 128 << 20
    ratio: int = 400
    ratio_floor: int = 8 << 20


class ExportUnusable(ValueError):
    """The file is no export that can be read; nothing was taken in."""


class FileRefused(Exception):
    """One file of an export cannot be read; the others can."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


class ExportFiles:
    """The files of an export by their names; ``refused`` holds what is not opened, with the reason."""

    def __init__(self, path: Path, archive: zipfile.ZipFile | None, limits: FileLimits) -> None:
        self.path, self._archive, self._limits = path, archive, limits
        self.refused: list[tuple[str, Reason]] = []
        self._read = 0
        self._entries: dict[str, zipfile.ZipInfo | Path] = {}
        for name, entry in self._found():
            if reason := _refusal(name, entry):
                self.refused.append((name, reason))
            elif name in self._entries:
                self.refused.append((name, Reason.TWICE))
            elif len(self._entries) >= limits.files:
                raise ExportUnusable(
                    str(_("ファイルが多すぎます({most}個まで)。分けて取り込んでください。")).format(
                        most=f"{limits.files:,}"
                    )
                )
            else:
                self._entries[name] = entry

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_ignored: object) -> None:
        if self._archive is not None:
            self._archive.close()

    @property
    def names(self) -> list[str]:
        """The names of the files, sorted."""
        return sorted(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """Return the bytes of one file.

        Raises:
            FileRefused: where it is too large, expands too much, or is damaged.
        """
        entry = self._entries[name]
        try:
            if isinstance(entry, Path):
                with entry.open("rb") as file:
                    return self._bounded(file, None)
            if self._archive is None:
                raise FileRefused(Reason.DAMAGED)
            with self._archive.open(entry) as member:
                return self._bounded(member, max(entry.compress_size, 1))
        except (NotImplementedError, *_DAMAGED):
            raise FileRefused(Reason.DAMAGED) from None

    def sha256(self) -> str:
        """Return the SHA-256 of a ZIP as sent; of a folder that over the names and bytes of its files."""
        if self._archive is not None:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        digest = hashlib.sha256()
        for name in self.names:
            entry = self._entries[name]
            if isinstance(entry, Path):
                digest.update(f"{name}\0{entry.stat().st_size}\0".encode("utf-8", "surrogateescape"))
                with entry.open("rb") as file:
                    while block := file.read(CHUNK):
                        digest.update(block)
        return digest.hexdigest()

    def _found(self) -> Iterator[tuple[str, "zipfile.ZipInfo | Path"]]:
        if self._archive is not None:
            for entry in self._archive.infolist():
                if not entry.is_dir():
                    yield entry.filename.replace("\\", "/"), entry
            return
        for folder, _folders, files in os.walk(self.path):
            for file in files:
                place = Path(folder, file)
                yield place.relative_to(self.path).as_posix(), place

    def _bounded(self, stream: IO[bytes], packed: int | None) -> bytes:
        limits, taken = self._limits, io.BytesIO()
        while block := stream.read(CHUNK):
            taken.write(block)
            size = taken.tell()
            self._read += len(block)
            if size > limits.file_bytes:
                raise FileRefused(Reason.TOO_LARGE)
            is_dense = packed is not None and size > limits.ratio_floor and size > packed * limits.ratio
            if is_dense or self._read > limits.total_bytes:
                raise FileRefused(Reason.EXPANDS)
        return taken.getvalue()


@contextmanager
def export_files(path: Path, limits: FileLimits | None = None) -> Iterator[ExportFiles]:
    """Open a ZIP or a folder; names inside a ZIP are only names, links of a folder are not followed.

    Raises:
        ExportUnusable: where there is neither, or the ZIP's directory cannot be read.
    """
    limits = limits or FileLimits()
    if path.is_dir():
        with ExportFiles(path, None, limits) as files:
            yield files
        return
    with ExportFiles(path, _archive(path, limits), limits) as files:
        yield files


def _archive(path: Path, limits: FileLimits) -> zipfile.ZipFile:
    try:
        with path.open("rb") as file:
            is_zip = file.read(4) in _ZIP_MAGIC
            if is_zip and _directory_bytes(file) > limits.directory_bytes:
                raise ExportUnusable(str(_("ZIPの中のファイルが多すぎます。分けて取り込んでください。")))
        if is_zip:
            return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise ExportUnusable(
            str(_("「{path}」がありません。場所を確かめてください。")).format(path=path)
        ) from None
    except (NotImplementedError, *_DAMAGED) as error:
        if isinstance(error, ExportUnusable):
            raise
        raise ExportUnusable(str(_("ZIPが壊れていて読めません。もう一度書き出してください。"))) from error
    raise ExportUnusable(str(_("ZIPでもフォルダーでもありません。書き出したZIPをそのまま選んでください。")))


def _directory_bytes(file: IO[bytes]) -> int:
    """Return the size that a ZIP says its directory has, before anything holds it in memory.

    Source: APPNOTE.TXT 6.3.10, 4.3.16 (end of central directory) and 4.3.14 (its ZIP64 form).
    """
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - _TAIL))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0:
        raise zipfile.BadZipFile("no directory")
    (size,) = struct.unpack_from("<I", tail, end + 12)
    large = tail.rfind(b"PK\x06\x06", 0, end)
    if size == 0xFFFFFFFF and large >= 0:
        (size,) = struct.unpack_from("<Q", tail, large + 40)
    return int(size)


def _refusal(name: str, entry: "zipfile.ZipInfo | Path") -> Reason | None:
    if name.startswith("/") or name[1:2] == ":" or "\0" in name or ".." in name.split("/"):
        return Reason.UNSAFE_NAME
    if isinstance(entry, Path):
        return None if stat.S_ISREG(entry.lstat().st_mode) else Reason.UNSAFE_NAME
    if entry.flag_bits & _ENCRYPTED:
        return Reason.ENCRYPTED
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return Reason.UNSAFE_NAME if kind and kind != stat.S_IFREG else None
