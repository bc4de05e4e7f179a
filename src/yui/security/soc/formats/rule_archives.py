"""Folders and archives of Sigma rules: every YAML file as text, and why a file could not be read.

Nothing is written to the disk, so a name inside an archive is only a name. Every limit is declared in
``RuleLimits``; what exceeds one is refused with its reason, and the rest is read on.
"""

import bz2
import gzip
import hashlib
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

RULE_SUFFIXES = frozenset({".yml", ".yaml"})
LICENCE_NAMES = re.compile(r"(?:LICEN[CS]E|COPYING)(?:[._-].*)?\Z", re.I)
ZIP_ENCRYPTED = 0x1
BROKEN = (tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError, OSError, ValueError)


@dataclass(frozen=True)
class RuleLimits:
    """How much is read of one import, in bytes and files."""

    file_bytes: int = 1_000_000
    total_bytes: int = 256_000_000
    files: int = 50_000


class RuleText(NamedTuple):
    """One file of rules: where it stood, and its text."""

    place: str
    text: str


class UnreadRule(NamedTuple):
    """A file that could not be read: where it stood, and why (Japanese / English)."""

    place: str
    reason: str


class RuleSourceMissing(ValueError):
    """There is nothing at the path, or it cannot be opened."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"「{path}」を読めません({why})。フォルダー、YAMLファイル、zip、tar のどれかを指定します。 / "
            f"cannot read {path} ({why}): name a folder, a YAML file, a zip or a tar archive."
        )


@dataclass(frozen=True)
class RuleFiles:
    """What a folder, file or archive holds.

    Attributes:
        name: the name of the folder or file.
        texts: every readable YAML file, in the order of their places.
        unread: every YAML file that was refused.
        licence: short name of the licence in a LICENSE file, empty where there is none.
        sha256: over places and texts, so that the same rules have the same number however they were packed.
        others: files that are no YAML, and were left alone.
    """

    name: str
    texts: tuple[RuleText, ...]
    unread: tuple[UnreadRule, ...]
    licence: str
    sha256: str
    others: int


@dataclass
class _Collected:
    """What has been read so far."""

    limits: RuleLimits
    texts: list[RuleText] = field(default_factory=list)
    unread: list[UnreadRule] = field(default_factory=list)
    licence: str = ""
    bytes_read: int = 0
    others: int = 0

    def refuse(self, place: str, japanese: str, english: str) -> None:
        """Keep why a file was not read."""
        self.unread.append(UnreadRule(place[:300], f"{japanese} / {english}"))

    def take(self, place: str, source: IO[bytes]) -> None:
        """Read one file, as far as the limits allow."""
        name = PurePosixPath(place).name
        is_licence = bool(LICENCE_NAMES.match(name))
        if PurePosixPath(name).suffix.lower() not in RULE_SUFFIXES and not is_licence:
            self.others += 1
            return
        if len(self.texts) + len(self.unread) >= self.limits.files:
            raise _TooMuch(f"ファイルが{self.limits.files}を超えます", f"more than {self.limits.files} files")
        content = source.read(self.limits.file_bytes + 1)
        self.bytes_read += len(content)
        if self.bytes_read > self.limits.total_bytes:
            raise _TooMuch(
                f"全体が{self.limits.total_bytes}バイトを超えます",
                f"more than {self.limits.total_bytes} bytes",
            )
        if is_licence:
            self.licence = self.licence or licence_name(content.decode("utf-8", errors="replace"))
        elif len(content) > self.limits.file_bytes:
            most = self.limits.file_bytes
            self.refuse(place, f"{most}バイトより大きいファイルです", f"larger than {most} bytes")
        else:
            self._decode(place, content)

    def _decode(self, place: str, content: bytes) -> None:
        try:
            self.texts.append(RuleText(place, content.decode("utf-8-sig")))
        except UnicodeDecodeError:
            self.refuse(
                place, "UTF-8 ではありません。UTF-8 で保存してください", "not UTF-8: save it as UTF-8"
            )


class _TooMuch(Exception):
    """The whole exceeds a limit; what was read stays."""

    def __init__(self, japanese: str, english: str) -> None:
        super().__init__(english)
        self.japanese, self.english = japanese, english


def licence_name(text: str) -> str:
    """Return the short name of a licence text: ``DRL 1.1``, else its first line, else empty."""
    found = re.search(r"Detection Rule Licen[cs]e(?:\s*\(DRL\))?\s*(\d\.\d)?", text[:4000], re.I)
    if found:
        return f"DRL {found.group(1) or '1.1'}"
    first = next((line.strip(" #=*\t") for line in text.splitlines() if line.strip(" #=*\t")), "")
    return first[:120]


def read_rule_path(path: Path, limits: RuleLimits = RuleLimits()) -> RuleFiles:
    """Read a folder, a YAML file, or a zip or tar archive (gz, bz2, xz).

    Raises:
        RuleSourceMissing: when there is no such file or folder, or it may not be read.
    """
    try:
        if path.is_dir():
            collected = _Collected(limits)
            _guarded(path.name, collected, _folder(path, collected))
            return _result(path.name, collected)
        with path.open("rb") as source:
            return read_rule_stream(path.name, source, limits)
    except OSError as error:
        raise RuleSourceMissing(path, error.strerror or type(error).__name__) from error


def read_rule_stream(name: str, source: IO[bytes], limits: RuleLimits = RuleLimits()) -> RuleFiles:
    """Read an uploaded file; its kind is told by its bytes. ``source`` can be rewound."""
    collected = _Collected(limits)
    head = source.read(6)
    source.seek(0)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        _guarded(name, collected, _zip(source, collected))
    elif _is_tar(source):
        _guarded(name, collected, _tar(source, collected))
    else:
        _guarded(name, collected, _single(name, head, source, collected))
    return _result(name, collected)


def _guarded(name: str, collected: _Collected, steps: Iterator[None]) -> None:
    """Read step by step; what breaks is kept as a reason beside what was read before."""
    try:
        for _step in steps:
            pass
    except _TooMuch as error:
        collected.refuse(name, f"{error.japanese}。分けて取り込んでください", f"{error.english}: split it")
    except (*BROKEN, RuntimeError, NotImplementedError) as error:
        what = str(error)[:120] or type(error).__name__
        collected.refuse(name, f"途中で読めなくなりました({what})", f"broken archive ({what})")


def _folder(path: Path, collected: _Collected) -> Iterator[None]:
    for file in sorted(path.rglob("*")):
        place = file.relative_to(path).as_posix()
        if file.is_symlink():
            if file.suffix.lower() in RULE_SUFFIXES:
                collected.refuse(place, "リンクは読みません", "links are not followed")
        elif file.is_file():
            with file.open("rb") as source:
                collected.take(place, source)
        yield


def _zip(source: IO[bytes], collected: _Collected) -> Iterator[None]:
    with zipfile.ZipFile(source) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            if member.flag_bits & ZIP_ENCRYPTED:
                collected.refuse(member.filename, "暗号化されています", "encrypted")
                continue
            with archive.open(member) as content:
                collected.take(member.filename, content)
            yield


def _is_tar(source: IO[bytes]) -> bool:
    try:
        with tarfile.open(fileobj=source, mode="r:*") as archive:
            archive.next()
    except BROKEN:
        return False
    finally:
        source.seek(0)
    return True


def _tar(source: IO[bytes], collected: _Collected) -> Iterator[None]:
    with tarfile.open(fileobj=source, mode="r|*") as archive:
        for member in archive:
            if member.isfile():
                content = archive.extractfile(member)
                if content is not None:
                    collected.take(member.name, content)
            elif not member.isdir() and PurePosixPath(member.name).suffix.lower() in RULE_SUFFIXES:
                collected.refuse(member.name, "ふつうのファイルではありません", "not a regular file")
            yield


def _single(name: str, head: bytes, source: IO[bytes], collected: _Collected) -> Iterator[None]:
    """Read one YAML file, compressed or not; a name without the suffix still counts as YAML."""
    opened: IO[bytes] | gzip.GzipFile = source
    if head[:2] == b"\x1f\x8b":
        opened = gzip.GzipFile(fileobj=source)
    elif head[:3] == b"BZh":
        opened = bz2.BZ2File(source)
    elif head[:6] == b"\xfd7zXZ\x00":
        opened = lzma.LZMAFile(source)  # noqa: SIM115  the caller owns the stream below
    content = opened.read(collected.limits.file_bytes + 1)
    bare = name if PurePosixPath(name).suffix.lower() in RULE_SUFFIXES else f"{PurePosixPath(name).stem}.yml"
    collected.take(bare, io.BytesIO(content))
    yield


def _result(name: str, collected: _Collected) -> RuleFiles:
    texts = tuple(sorted(collected.texts))
    digest = hashlib.sha256()
    for place, text in texts:
        digest.update(f"{place}\n{len(text)}\n{text}".encode())
    return RuleFiles(
        name=name or "rules",
        texts=texts,
        unread=tuple(collected.unread),
        licence=collected.licence,
        sha256=digest.hexdigest(),
        others=collected.others,
    )
