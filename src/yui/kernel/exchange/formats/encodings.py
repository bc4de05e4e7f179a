"""Finds the character encoding of a text file by reading it whole, so that the answer is certain."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from yui.kernel.exchange.errors import UnreadableText

CHUNK = 2**20
SAMPLE = 4096
# So many characters beyond ASCII fit UTF-8 before one byte does not: a damaged UTF-8 file, which must not
# be taken for CP932, as which it would often decode into nonsense.
SURELY_UTF8 = 8
NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "cp932": "Shift_JIS (CP932)",
    "euc_jp": "EUC-JP",
}
# What CP932 makes of bytes that it leaves undefined.
_UNDEFINED_IN_CP932 = re.compile("[\x80\uf8f0-\uf8f3]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass
class _Reading:
    """What one attempt at an encoding found.

    Attributes:
        failed_at: line of the first byte that does not fit, None where all fit.
        beyond_ascii: characters beyond ASCII seen before that.
        half_width: half-width kana among them.
    """

    failed_at: int | None = None
    beyond_ascii: int = 0
    half_width: int = 0

    def count(self, text: str) -> None:
        """Add the characters of ``text`` to the counts."""
        if not text.isascii():
            self.beyond_ascii += sum(sign > "\x7f" for sign in text)
            self.half_width += sum("\uff61" <= sign <= "\uff9f" for sign in text)


def detect_encoding(opener: Callable[[], BinaryIO]) -> str:
    """Return the Python name of the encoding of the bytes that ``opener`` opens (up to three times).

    A byte order mark decides. Otherwise UTF-8 is taken if every byte fits it, then CP932, unless most of it
    would be half-width kana, which is how EUC-JP looks when read so. One byte that fits nothing is an error,
    never a replacement sign.

    Raises:
        UnreadableText: naming the line of the first byte that does not fit.
    """
    with opener() as stream:
        marked = _marked_encoding(stream.read(SAMPLE))
    if marked is not None:
        failed_at = _read_as(marked, opener).failed_at
        if failed_at is not None:
            raise UnreadableText(failed_at)
        return marked
    utf8 = _read_as("utf-8", opener)
    if utf8.failed_at is None:
        return "utf-8"
    if utf8.beyond_ascii >= SURELY_UTF8:
        raise UnreadableText(utf8.failed_at)
    cp932 = _read_as("cp932", opener)
    if cp932.failed_at is not None or cp932.half_width * 2 > cp932.beyond_ascii:
        if _read_as("euc_jp", opener).failed_at is None:
            return "euc_jp"
        if cp932.failed_at is not None:
            raise UnreadableText(cp932.failed_at)
    return "cp932"


def _marked_encoding(head: bytes) -> str | None:
    """Return the encoding named by a byte order mark, or shown by every other byte being NUL."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if head[1::2].count(0) * 3 > len(head) and not head[::2].count(0):
        return "utf-16-le"
    return None


def _read_as(name: str, opener: Callable[[], BinaryIO]) -> _Reading:
    """Decode the whole stream as ``name`` without keeping it."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    reading = _Reading()
    line = 1
    counting = name in ("utf-8", "cp932")
    with opener() as stream:
        while True:
            chunk = stream.read(CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                good = error.object[: error.start]
                reading.count(good.decode(name, "ignore"))
                reading.failed_at = line + good.count(b"\n")
                return reading
            undefined = _UNDEFINED_IN_CP932.search(text) if name == "cp932" and not text.isascii() else None
            if undefined:
                reading.failed_at = line + text.count("\n", 0, undefined.start())
                return reading
            # The first mebibyte of Japanese decides; counting all of a large file would cost seconds.
            if counting and reading.beyond_ascii < 100_000:
                reading.count(text)
            if not chunk:
                return reading
            line += chunk.count(b"\n")
