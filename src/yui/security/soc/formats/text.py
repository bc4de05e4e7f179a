"""Bytes of logs to text: UTF-8, else the CP932 of Japanese Windows, else with the bad bytes shown."""

import codecs
import io
from collections.abc import Iterator

from yui.security.soc.engine.records import Rejected
from yui.security.soc.formats.rejecting import rejected

BLOCK_BYTES = 1 << 20
# So little that what is read of it is still in the processor's cache when it is looked at.
LINES_BYTES = 1 << 16

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def text_of(line: bytes) -> str:
    """The text of one line; bytes that are neither UTF-8 nor CP932 become U+FFFD."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        try:
            return line.decode("cp932")
        except UnicodeDecodeError:
            return line.decode("utf-8", "replace")


class Recoded(io.RawIOBase):
    """A stream of another encoding, read as UTF-8."""

    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._rest = b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        """Fill ``buffer`` with UTF-8; 0 at the end."""
        while not self._rest:
            block = self._stream.read1(BLOCK_BYTES)
            self._rest = self._decoder.decode(block, final=not block).encode("utf-8", "replace")
            if not block:
                break
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def line_blocks(stream: io.BufferedReader, limit: int) -> Iterator[list[bytes]]:
    """Lines without their newline, a list per block; one longer than ``limit`` is cut to ``limit + 1`` bytes.

    Holds at most one block and one line, and asks the stream once per block, so that what a damaged one gave
    before it broke is not lost.
    """
    carry = b""
    while block := stream.read1(BLOCK_BYTES):
        lines = block.split(b"\n")
        if len(carry) <= limit:
            carry = (carry + lines[0])[: limit + 1]
        if len(lines) > 1:
            lines[0] = carry
            carry = lines.pop()[: limit + 1]
            yield lines
    if carry:
        yield [carry]


def whole_lines(stream: io.BufferedReader, limit: int, size: int = LINES_BYTES) -> Iterator[bytes]:
    """Blocks of whole lines, about ``size`` bytes each, without the last newline; a line longer than
    ``limit`` that does not lie within one reading is cut to ``limit + 1`` bytes, as in ``line_blocks``."""
    carry = b""
    while block := stream.read1(size):
        end = block.rfind(b"\n")
        if end < 0:
            if len(carry) <= limit:
                carry = (carry + block)[: limit + 1]
            continue
        first = block.find(b"\n")
        if len(carry) + first > limit:
            carry = (carry + block[:first])[: limit + 1]
            yield carry + block[first:end]
        else:
            yield carry + block[:end]
        carry = block[end + 1 :][: limit + 1]
    if carry:
        yield carry


def numbered_lines(
    stream: io.BufferedReader, name: str, limit: int
) -> Iterator[tuple[int, bytes] | Rejected]:
    """Each line that is not blank with its number from 1; one that is too long is rejected."""
    number = 0
    for lines in line_blocks(stream, limit):
        for line in lines:
            number += 1
            if len(line) > limit:
                yield rejected(f"{name}:{number}", "too_long", line, limit=limit)
            elif line and not line.isspace():
                yield number, line
