"""Which format a stream is of, told by how it begins."""

import re
from enum import StrEnum

import orjson

from yui.security.soc.formats.delimited import delimiter_of, encoding_of, head_lines
from yui.security.soc.formats.text import BYTE_ORDER_MARKS

HEAD_BYTES = 1 << 16


class FileKind(StrEnum):
    """What a stream turned out to be."""

    EMPTY = "empty"
    EVTX = "evtx"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZIP = "zip"
    TAR = "tar"
    JSON = "json"
    LINES = "lines"
    ZEEK = "zeek"
    W3C = "w3c"
    DELIMITED = "delimited"
    ENCODED = "encoded"
    BINARY = "binary"


_MAGIC = (
    (b"ElfFile\x00", FileKind.EVTX),
    (b"\x1f\x8b", FileKind.GZIP),
    (b"BZh", FileKind.BZIP2),
    (b"\xfd7zXZ\x00", FileKind.XZ),
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
)
_BINARY = (
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\x04\x22\x4d\x18", "LZ4"),
    (b"PAR1", "Parquet"),
    (b"\xd4\xc3\xb2\xa1", "pcap"),
    (b"\xa1\xb2\xc3\xd4", "pcap"),
    (b"\x0a\x0d\x0d\x0a", "pcapng"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "PE"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"SQLite format 3", "SQLite"),
    (b"regf", "registry hive"),
)
_JSON_LIST = re.compile(rb"\[\s*(?:[\[{\]]|$)")
_TABLE_SUFFIXES = (".csv", ".tsv")


def kind_of(head: bytes) -> FileKind:
    """The kind of a stream that begins with ``head`` (up to ``HEAD_BYTES``)."""
    if not head:
        return FileKind.EMPTY
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return FileKind.TAR
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark) and encoding != "utf-8":
            return FileKind.ENCODED
    if _is_binary(head):
        return FileKind.BINARY
    return _text_kind(head)


def binary_name(head: bytes) -> str:
    """What a binary stream is, as far as its first bytes tell."""
    return next((name for magic, name in _BINARY if head.startswith(magic)), "binary data")


def _is_binary(head: bytes) -> bool:
    if any(head.startswith(magic) and (len(magic) > 2 or b"\x00" in head[:64]) for magic, _ in _BINARY):
        return True
    # Zeros after a crash are found in real logs; a file that is mostly control characters is none.
    strange = sum(head.count(bytes([code])) for code in range(32) if code not in (9, 10, 13, 27, 29))
    return strange * 10 > len(head)


def _text_kind(head: bytes) -> FileKind:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        line, found, _ = start.partition(b"\n")
        if found and not _is_json(line.rstrip()):
            return FileKind.JSON
        if re.match(rb'\{\s*"(?:Records|records|@odata\.context)"\s*:', start[:200]):
            return FileKind.JSON
        return FileKind.LINES if found or len(head) < HEAD_BYTES else FileKind.JSON
    if _JSON_LIST.match(start):
        return FileKind.JSON
    if start.startswith(b"#separator") or b"\n#fields\t" in start[:4096]:
        return FileKind.ZEEK
    if re.search(rb"^#Fields:", start[:4096], re.MULTILINE | re.IGNORECASE):
        return FileKind.W3C
    return FileKind.LINES


def _is_json(line: bytes) -> bool:
    try:
        orjson.loads(line)
    except ValueError:
        # A line that is JSON but for bad bytes in it still ends like an object.
        return line.endswith(b"}") and line.count(b"{") == line.count(b"}")
    return True


def table_of(head: bytes, name: str) -> tuple[str, str] | None:
    """Delimiter and encoding of a table of text, None where the lines are none.

    Args:
        head: how the text begins.
        name: the file's name; ``.csv`` and ``.tsv`` make sure of it.
    """
    encoding = encoding_of(head)
    sure = name.lower().endswith(_TABLE_SUFFIXES)
    if not sure and not head[:1].isalpha() and head[:1] not in (b'"', b"@", b"\xef"):
        return None
    if not sure and re.match(rb"type=|CEF:|LEEF:|node=", head):
        return None
    lines = head_lines(head, encoding)
    delimiter = delimiter_of(lines, sure=sure)
    return (delimiter, encoding) if delimiter else None
