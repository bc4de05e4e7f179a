"""The hash chain: how one entry's hash follows from its predecessor's. Needs the standard library alone.

An entry's hash is SHA-256 over its predecessor's hash (32 bytes; 32 zero bytes before the first entry)
followed by its body. The body is the UTF-8 text of its parts joined by U+001F (unit separator), which the
parts themselves never contain: organisation code, sequence, microseconds since 1970 UTC, actor, verb,
subject, payload (canonical JSON).
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

GENESIS = bytes(32)
SEPARATOR = "\x1f"
_ESCAPED_NUL = re.compile(r"((?<!\\)(?:\\\\)*)\\u0000")
_BLANKS = str.maketrans(dict.fromkeys("\x1f\n\r\x00", " "))

Row = tuple[int, int, str, str, str, str, bytes]
"""sequence, at_us, actor, verb, subject, payload, hash — in this order from every reader."""


@dataclass(frozen=True)
class Fault:
    """A place where a chain does not hold."""

    organisation_code: str
    sequence: int
    problem: str


def canonical_json(payload: Mapping[str, Any]) -> str:
    """Return the one text that stands for ``payload``: sorted keys, no spaces, non-ASCII kept.

    JSON escapes control characters, so the text holds neither a line end nor the separator. An escaped
    NUL becomes a blank: PostgreSQL could not read it back as JSON.
    """
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _ESCAPED_NUL.sub(r"\1 ", text)


def clean(text: str) -> str:
    """Return ``text`` with blanks for what would break a body or a line: U+001F, line ends, NUL."""
    return text.translate(_BLANKS)


def entry_hash(previous: bytes, organisation_code: str, parts: tuple[int, int, str, str, str, str]) -> bytes:
    """Return the hash of the entry with these parts after the entry with hash ``previous``."""
    sequence, at_us, actor, verb, subject, payload = parts
    body = f"{organisation_code}\x1f{sequence}\x1f{at_us}\x1f{actor}\x1f{verb}\x1f{subject}\x1f{payload}"
    return sha256(previous + body.encode()).digest()


def verify_rows(
    organisation_code: str, rows: Iterable[Row], *, previous: bytes = GENESIS, first_sequence: int = 1
) -> tuple[int, bytes, Fault | None]:
    """Check consecutive rows of one chain.

    Returns the number of entries that hold, the hash of the last one, and the first fault if there is one.
    A missing or reordered entry shows as a gap in the sequence; a changed one as a hash that does not follow.
    """
    expected = first_sequence
    hasher = sha256
    for sequence, at_us, actor, verb, subject, payload, stored in rows:
        if sequence != expected:
            return (
                expected - first_sequence,
                previous,
                Fault(organisation_code, expected, "missing or reordered"),
            )
        body = f"{organisation_code}\x1f{sequence}\x1f{at_us}\x1f{actor}\x1f{verb}\x1f{subject}\x1f{payload}"
        previous_then = previous
        previous = hasher(previous_then + body.encode()).digest()
        if previous != stored:
            return expected - first_sequence, previous_then, Fault(organisation_code, sequence, "changed")
        expected += 1
    return expected - first_sequence, previous, None
