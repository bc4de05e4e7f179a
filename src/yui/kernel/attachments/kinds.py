"""Tells what a file is from its bytes; the name only chooses between kinds of plain text."""

import json
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO

from yui.kernel.attachments.errors import (
    ActiveContentRefused,
    ArchiveRefused,
    DamagedAttachment,
    KindRefused,
    MacrosRefused,
)

HEAD = 4096
MOST_PARTS = 5_000
LARGEST_CONTENT_TYPES = 2**20

ODF = "application/vnd.oasis.opendocument."
OPEN_XML = "application/vnd.openxmlformats-officedocument."
EXTENSIONS = MappingProxyType(
    {
        "application/pdf": ("pdf",),
        "image/png": ("png",),
        "image/jpeg": ("jpg", "jpeg"),
        "image/gif": ("gif",),
        "image/webp": ("webp",),
        f"{OPEN_XML}wordprocessingml.document": ("docx", "dotx"),
        f"{OPEN_XML}spreadsheetml.sheet": ("xlsx", "xltx"),
        f"{OPEN_XML}presentationml.presentation": ("pptx", "potx", "ppsx"),
        f"{ODF}text": ("odt", "ott"),
        f"{ODF}spreadsheet": ("ods", "ots"),
        f"{ODF}presentation": ("odp", "otp"),
        f"{ODF}graphics": ("odg", "otg"),
        "text/plain": ("txt", "md", "log", "tsv", "ics", "yaml", "yml", "toml"),
        "text/csv": ("csv",),
        "application/json": ("json",),
        "application/xml": ("xml", "bpmn", "xes", "stix"),
        "application/zip": ("zip",),
    }
)
"""The kinds that are kept, each with the endings that its names may have; the first is given to others."""

IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a page may show in itself."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_OFFICE_FOLDERS = (
    ("word/", f"{OPEN_XML}wordprocessingml.document"),
    ("xl/", f"{OPEN_XML}spreadsheetml.sheet"),
    ("ppt/", f"{OPEN_XML}presentationml.presentation"),
)
_PROLOGUE = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype(?![^>\[]*\bhtml\b)[^>\[]*(?:\[.*?\]\s*)?>)", re.S | re.I
)
_ACTIVE_ROOT = re.compile(
    r"\s*<(?:!doctype\s+html|(?:[\w.-]+:)?(?:html|svg|script|body|head|iframe|object|embed|img|a)\b)", re.I
)
_ACTIVE_NAMESPACE = re.compile(r"http://www\.w3\.org/(?:1999/xhtml|2000/svg)|<\?xml-stylesheet", re.I)
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""What reading a ZIP file raises; a locked part is a RuntimeError."""
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True)
class Bytes:
    """A file to look at: open at its beginning, with the name it came under."""

    file: IO[bytes]
    name: str


def media_type_of(file: IO[bytes], name: str, *, may_be_archive: bool = False) -> str:
    """Return the media type of ``file``, one of ``EXTENSIONS``; the file stands at its beginning again.

    Raises:
        KindRefused, ActiveContentRefused, MacrosRefused, ArchiveRefused, DamagedAttachment: saying why not.
    """
    given = Bytes(file, name)
    file.seek(0)
    head = file.read(HEAD)
    try:
        for magic, media_type in _MAGIC:
            if head.startswith(magic):
                return media_type
        if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
            return "image/webp"
        if head.startswith(b"PK"):
            return _packed(given, may_be_archive)
        return _text(given)
    finally:
        file.seek(0)


def _packed(given: Bytes, may_be_archive: bool) -> str:
    """Return the kind of a ZIP file: an office document, else an archive."""
    try:
        with zipfile.ZipFile(given.file) as archive:
            names = archive.namelist()
            if len(names) > MOST_PARTS:
                raise ArchiveRefused(given.name)
            found = _office(archive, names, given.name)
    except _BROKEN as error:
        raise DamagedAttachment(given.name) from error
    if found is None and not may_be_archive:
        raise ArchiveRefused(given.name)
    return found or "application/zip"


def _office(archive: zipfile.ZipFile, names: list[str], name: str) -> str | None:
    """Return the kind of an office document, None for another archive."""
    lower = [each.lower() for each in names]
    if "[content_types].xml" in lower:
        types = _part(archive, names[lower.index("[content_types].xml")]).lower()
        if any("vbaproject" in each or "/activex/" in each for each in lower) or b"macroenabled" in types:
            raise MacrosRefused(name)
        return next(
            (kind for folder, kind in _OFFICE_FOLDERS if any(n.startswith(folder) for n in lower)), None
        )
    if "mimetype" in lower:
        media_type = _part(archive, names[lower.index("mimetype")]).decode("ascii", "replace").strip()
        if any(each.startswith(("basic/", "scripts/")) for each in lower):
            raise MacrosRefused(name)
        plain = media_type.removesuffix("-template")
        return plain if plain in EXTENSIONS and plain.startswith(ODF) else None
    return None


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(LARGEST_CONTENT_TYPES)


def _text(given: Bytes) -> str:
    """Return the kind of a text: JSON and XML are told by reading them, CSV by the name."""
    given.file.seek(0)
    text = _decoded(given.file.read(), given.name)
    if is_active(text):
        raise ActiveContentRefused(given.name)
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in {"{", "["} and _is_json(text):
        return "application/json"
    if start == "<" and text.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return "application/xml"
    return "text/csv" if given.name.lower().endswith(".csv") else "text/plain"


def _decoded(raw: bytes, name: str) -> str:
    """Return a text file's text.

    Raises:
        KindRefused: where the bytes are no text in an encoding that Japanese offices use.
    """
    encodings = (
        ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp932", "euc_jp")
    )
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NOT_TEXT.search(text):
            return text
    raise KindRefused(name)


def is_active(text: str) -> bool:
    """Return whether a browser could take ``text`` for a page or a drawing with programs in it."""
    head, place = text.lstrip("\ufeff")[:65_536], 0
    while match := _PROLOGUE.match(head, place):
        place = match.end()
    if _ACTIVE_ROOT.match(head, place):
        return True
    return head.lstrip().startswith("<") and bool(_ACTIVE_NAMESPACE.search(text))


def _is_json(text: str) -> bool:
    reader: Callable[[str], object] = json.loads
    try:
        reader(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return False
    return True
