"""Cutting a syslog byte stream into messages.

Source: RFC 6587 (octet counting, section 3.4.1; non-transparent framing, 3.4.2) and RFC 5425 (octet
counting over TLS). Which of the two is told at each message: one that begins with a number and a space is
counted, since a message itself begins with ``<``.
"""

from yui.security.soc.engine.records import Rejected
from yui.security.soc.formats.rejecting import rejected

MOST_DIGITS = 9


class Framer:
    """The frames of one connection.

    Args:
        longest: bytes of the longest message; what is longer is passed over to its end and rejected once.
    """

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._held = bytearray()
        self._skip_octets = 0
        self._skip_line = False

    @property
    def pending(self) -> bool:
        """Whether a message has begun and not ended."""
        return bool(self._held) or self._skip_octets > 0 or self._skip_line

    def feed(self, data: bytes) -> list[bytes | Rejected]:
        """Return the messages that are complete with ``data``; blank lines between them are none."""
        self._held += data
        found: list[bytes | Rejected] = []
        at = 0
        while (end := self._next(at, found)) is not None:
            at = end
        del self._held[:at]
        return found

    def finish(self) -> list[bytes | Rejected]:
        """Return what the end of the connection leaves: a last line needs no end, a counted message does."""
        rest = bytes(self._held).strip(b"\r\n\0")
        self._held.clear()
        if not rest or self._skip_line or self._skip_octets:
            return []
        counted = self._count(rest, 0)
        if counted is not None:
            return [rejected("", "truncated", rest, why=f"{len(rest)} / {counted[0]} bytes")]
        return [rest]

    def _next(self, at: int, found: list[bytes | Rejected]) -> int | None:
        """Take one message from offset ``at``; return the offset after it, None where it is not complete."""
        held = self._held
        if at >= len(held):
            return None
        if self._skip_octets:
            step = min(self._skip_octets, len(held) - at)
            self._skip_octets -= step
            return at + step
        if self._skip_line:
            end = held.find(b"\n", at)
            self._skip_line = end < 0
            return len(held) if end < 0 else end + 1
        if held[at] in b"\n\r\0 ":
            return at + 1
        if 0x30 <= held[at] <= 0x39:
            counted = self._count(held, at)
            if counted is not None:
                return self._counted(at, *counted, found)
            if len(held) - at <= MOST_DIGITS and held[at:].isdigit():
                return None
        return self._line(at, found)

    def _count(self, held: bytes | bytearray, at: int) -> tuple[int, int] | None:
        """Return the counted length and the offset of the message; None where no count stands there."""
        space = held.find(b" ", at, at + MOST_DIGITS + 1)
        if space <= at or not held[at:space].isdigit() or held[at] == 0x30:
            return None
        return int(held[at:space]), space + 1

    def _counted(self, at: int, length: int, begin: int, found: list[bytes | Rejected]) -> int | None:
        held = self._held
        if length > self._longest:
            sample = bytes(held[begin : begin + 4000])
            found.append(rejected("", "too_long", sample, limit=self._longest))
            self._skip_octets = length
            return begin
        if len(held) < begin + length:
            return None
        message = bytes(held[begin : begin + length])
        if message.strip():
            found.append(message)
        else:
            found.append(rejected("", "empty", message))
        return begin + length

    def _line(self, at: int, found: list[bytes | Rejected]) -> int | None:
        held = self._held
        end = held.find(b"\n", at)
        size = (len(held) if end < 0 else end) - at
        if size > self._longest:
            found.append(rejected("", "too_long", bytes(held[at : at + 4000]), limit=self._longest))
            self._skip_line = end < 0
            return len(held) if end < 0 else end + 1
        if end < 0:
            return None
        found.append(bytes(held[at:end]).rstrip(b"\r\0"))
        return end + 1
