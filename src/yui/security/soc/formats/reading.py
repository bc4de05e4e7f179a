"""Files, folders and archives to records: the one way in for everything that lies on disk."""

import io
import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.archives import (
    ARCHIVE_ERRORS,
    STREAM_ERRORS,
    Expansion,
    TooLarge,
    decompressed,
    refusal,
    tar_members,
    zip_members,
)
from yui.security.soc.formats.delimited import read_delimited
from yui.security.soc.formats.evtx_files import read_evtx
from yui.security.soc.formats.headed import read_w3c, read_zeek
from yui.security.soc.formats.json_files import read_json
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.lines import JsonBlock, read_line_blocks
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.sniffing import HEAD_BYTES, FileKind, binary_name, kind_of, table_of
from yui.security.soc.formats.text import BYTE_ORDER_MARKS, Recoded

_COMPRESSIONS = (FileKind.GZIP, FileKind.BZIP2, FileKind.XZ)

NOT_LOGS = frozenset(
    [
        ".md",
        ".rst",
        ".yml",
        ".yaml",
        ".toml",
        ".ini",
        ".cfg",
        ".py",
        ".ps1",
        ".sh",
        ".js",
        ".css",
        ".html",
        ".htm",
        ".exe",
        ".dll",
        ".sys",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".svg",
        ".ico",
        ".pdf",
        ".doc",
        ".docx",
        ".xls",
        ".xlsx",
        ".ppt",
        ".pptx",
        ".pcap",
        ".pcapng",
        ".parquet",
        ".sqlite",
        ".db",
        ".sha256",
        ".md5",
        ".sig",
        ".asc",
        ".po",
        ".mo",
        ".lock",
    ]
)
"""Suffixes left out where a folder or an archive is read; a file named itself is read whatever its name."""
_NOT_LOG_NAMES = frozenset(
    {"license", "licence", "readme", "notice", "copying", "changelog", ".gitignore", ".ds_store"}
)


Item = LogRecord | Rejected | JsonBlock


class InputMissing(FileNotFoundError):
    """The path that was to be read does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} がありません。パスを確かめてください。 / {path} does not exist. Check the path."
        )


def read_records(path: Path, *, limits: ReadLimits = DEFAULT_LIMITS) -> Iterator[LogRecord | Rejected]:
    """Everything that ``path`` holds: a file, or a folder with all below it in the order of names.

    What cannot be read is yielded as ``Rejected`` in its place. Links inside a folder are not followed.

    Raises:
        InputMissing: at once, if there is no such path.
    """
    return _each(read_blocks(path, limits=limits))


def read_blocks(path: Path, *, limits: ReadLimits = DEFAULT_LIMITS) -> Iterator[Item]:
    """As ``read_records``, with lines of JSON as blocks, of which records are made one by one.

    Raises:
        InputMissing: at once, if there is no such path.
    """
    if not path.exists():
        raise InputMissing(path)
    return _folder(path, limits) if path.is_dir() else _file(path, limits)


def read_stream(
    name: str, stream: BinaryIO, *, limits: ReadLimits = DEFAULT_LIMITS
) -> Iterator[LogRecord | Rejected]:
    """Everything that an open binary stream holds; see ``read_records``. ``name`` is used in places."""
    return _each(_content(name, stream, limits, limits.archive_depth, Expansion(limits)))


def _each(items: Iterator[Item]) -> Iterator[LogRecord | Rejected]:
    for item in items:
        if isinstance(item, JsonBlock):
            yield from item.items()
        else:
            yield item


def is_log_name(name: str) -> bool:
    """Whether a file met in a folder or archive is to be read: all but those whose name says otherwise."""
    path = PurePosixPath(name.replace("\\", "/").rpartition("!")[2])
    bare = path.name.lower().removesuffix(".txt")
    return path.suffix.lower() not in NOT_LOGS and bare not in _NOT_LOG_NAMES


def _folder(folder: Path, limits: ReadLimits) -> Iterator[Item]:
    count = 0
    problems: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=problems.append):
        folders.sort()
        for problem in problems:
            yield rejected(str(problem.filename or parent), "unreadable", why=problem.strerror)
        problems.clear()
        for name in [name for name in folders if os.path.islink(os.path.join(parent, name))]:
            yield rejected(os.path.join(parent, name), "link")
        for name in sorted(files):
            path = Path(parent, name)
            count += 1
            if count > limits.members:
                yield rejected(str(folder), "too_many_members", limit=limits.members)
                return
            if path.is_symlink():
                yield rejected(str(path), "link")
            elif not is_log_name(name):
                yield rejected(str(path), "not_a_log", why=path.suffix or name)
            else:
                yield from _file(path, limits)
    for problem in problems:
        yield rejected(str(problem.filename or folder), "unreadable", why=problem.strerror)


def _file(path: Path, limits: ReadLimits) -> Iterator[Item]:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            yield rejected(str(path), "special_file")
            return
        stream = path.open("rb")
    except OSError as error:
        yield rejected(str(path), "unreadable", why=error.strerror or error)
        return
    with stream:
        yield from _content(str(path), stream, limits, limits.archive_depth, Expansion(limits))


def _content(
    name: str, stream: BinaryIO, limits: ReadLimits, depth: int, expansion: Expansion
) -> Iterator[Item]:
    """The records of a stream of any kind; whatever breaks it is told in its place."""
    try:
        source = (
            stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Raw(stream), HEAD_BYTES)
        )
        head = _peek(source)
        kind = kind_of(head)
        if kind in _COMPRESSIONS or kind in (FileKind.ZIP, FileKind.TAR):
            if depth <= 0:
                yield rejected(name, "archive_too_deep", limit=limits.archive_depth)
            elif kind in _COMPRESSIONS:
                inner = decompressed(kind, source, expansion, limits)
                yield from _content(name, inner, limits, depth - 1, expansion)
            else:
                yield from _members(kind, name, source, limits, depth - 1, expansion)
        elif kind is FileKind.BINARY:
            yield rejected(name, "binary", why=binary_name(head))
        elif kind is FileKind.ENCODED:
            mark, encoding = next(pair for pair in BYTE_ORDER_MARKS if head.startswith(pair[0]))
            source.read(len(mark))
            text = io.BufferedReader(Recoded(source, encoding), 1 << 20)
            yield from _content(name, text, limits, depth, expansion)
        elif kind is not FileKind.EMPTY:
            yield from _text_or_evtx(kind, name, source, head, limits)
    except (*STREAM_ERRORS, TooLarge) as error:
        yield refusal(name, error)


def _text_or_evtx(
    kind: FileKind, name: str, stream: io.BufferedReader, head: bytes, limits: ReadLimits
) -> Iterator[Item]:
    hint = _hint(name)
    if kind is FileKind.EVTX:
        return read_evtx(stream, name, limits=limits)
    if head.startswith(b"\xef\xbb\xbf"):
        stream.read(3)
        head = head[3:]
    if kind is FileKind.JSON:
        return read_json(stream, name, hint=hint, limits=limits)
    if kind is FileKind.ZEEK:
        return read_zeek(stream, name, hint=hint, limits=limits)
    if kind is FileKind.W3C:
        return read_w3c(stream, name, limits=limits)
    table = table_of(head, _bare(name))
    if table and not head.lstrip().startswith((b"{", b"<")):
        return read_delimited(stream, name, delimiter=table[0], encoding=table[1], hint=hint, limits=limits)
    return read_line_blocks(stream, name, hint=hint, limits=limits)


def _members(
    kind: FileKind, name: str, stream: BinaryIO, limits: ReadLimits, depth: int, expansion: Expansion
) -> Iterator[Item]:
    members = zip_members if kind is FileKind.ZIP else tar_members
    with closing(members(name, stream, expansion, limits)) as entries:
        while True:
            try:
                entry = next(entries, None)
            except (*ARCHIVE_ERRORS, TooLarge) as error:
                yield refusal(name, error)
                return
            if entry is None:
                return
            if isinstance(entry, Rejected):
                yield entry
            elif not is_log_name(entry.name):
                yield rejected(entry.name, "not_a_log", why=PurePosixPath(entry.name).suffix or entry.name)
            else:
                yield from _content(entry.name, entry.stream, limits, depth, expansion)


class _Raw(io.RawIOBase):
    """Any readable object as a raw stream."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        """Read on."""
        block = self._stream.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)


def _peek(stream: io.BufferedReader) -> bytes:
    """The head of a stream, without taking it."""
    return stream.peek(HEAD_BYTES)[:HEAD_BYTES]


def _bare(name: str) -> str:
    """The name of the innermost file, without the suffix of a compression."""
    bare = PurePosixPath(name.replace("\\", "/").rpartition("!")[2]).name
    for suffix in (".gz", ".bz2", ".xz"):
        bare = bare.removesuffix(suffix)
    return bare


def _hint(name: str) -> str:
    return _bare(name).split(".")[0].lower()
