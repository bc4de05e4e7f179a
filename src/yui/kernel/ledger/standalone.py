"""Verifies an exported ledger with the standard library: ``python -m yui.kernel.ledger.standalone FILE``.

The file holds one entry a line: organisation code, sequence, microseconds, actor, verb, subject, payload and
the hash in hexadecimal, joined by U+001F; chains one after the other. Because an entry's hash depends only on
the hash before it, the file is checked in segments, one process each; neighbouring segments must join.
"""

import os
import sys
from binascii import unhexlify
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

GENESIS = bytes(32)
SEPARATOR = b"\x1f"
READ_BYTES = 1 << 22


@dataclass(frozen=True)
class Segment:
    """Whole lines of the file between two byte offsets."""

    path: str
    start: int
    end: int


@dataclass(frozen=True)
class SegmentVerdict:
    """How many entries of a segment hold, and the first fault in words."""

    entries: int
    fault: str


@dataclass(frozen=True)
class Position:
    """The entry last seen: its chain, its sequence, its hash."""

    code: bytes = b""
    sequence: int = 0
    digest: bytes = GENESIS


def _line_before(path: str, offset: int) -> bytes:
    """Return the line that ends at ``offset``, empty at the beginning of the file."""
    with Path(path).open("rb") as source:
        size = 4096
        while True:
            begin = max(0, offset - size)
            source.seek(begin)
            lines = source.read(offset - begin).split(b"\n")
            if begin == 0 or len(lines) > 2:
                return lines[-2] if len(lines) > 1 else b""
            size *= 4


def _position_before(segment: Segment) -> Position:
    line = _line_before(segment.path, segment.start)
    if not line:
        return Position()
    code, sequence, _rest = line.split(SEPARATOR, 2)
    return Position(code, int(sequence), unhexlify(line[-64:]))


def verify_segment(segment: Segment) -> SegmentVerdict:
    """Check each entry of the segment against the entry before it."""
    start = _position_before(segment)
    prefix, code, sequence, digest, entries = (
        start.code + SEPARATOR,
        start.code,
        start.sequence,
        start.digest,
        0,
    )
    with Path(segment.path).open("rb") as source:
        source.seek(segment.start)
        remaining = segment.end - segment.start
        while remaining > 0:
            lines = source.readlines(min(READ_BYTES, remaining))
            if not lines:
                break
            for line in lines:
                remaining -= len(line)
                if not line.startswith(prefix):
                    code = line.partition(SEPARATOR)[0]
                    prefix, sequence, digest = code + SEPARATOR, 0, GENESIS
                sequence += 1
                body = line[:-66]
                digest = sha256(digest + body).digest()
                if digest.hex().encode() != line[-65:-1] or not body.startswith(
                    b"%b%d\x1f" % (prefix, sequence)
                ):
                    return SegmentVerdict(entries, _describe(code, sequence, line))
                entries += 1
                if remaining <= 0:
                    break
    return SegmentVerdict(entries, "")


def _describe(code: bytes, expected: int, line: bytes) -> str:
    """Say in words what is wrong with the entry on ``line``."""
    number = line.split(SEPARATOR, 2)[1] if line.count(SEPARATOR) >= 2 else b"?"
    problem = (
        "changed" if number == str(expected).encode() else f"missing or reordered (found {number.decode()})"
    )
    return f"{code.decode(errors='replace')} #{expected}: {problem}"


def _segments(path: Path, count: int) -> list[Segment]:
    """Cut the file into about ``count`` pieces of whole lines."""
    size = path.stat().st_size
    cuts = [0]
    with path.open("rb") as source:
        for index in range(1, count):
            source.seek(max(cuts[-1], size * index // count))
            source.readline()
            cuts.append(source.tell())
    cuts.append(size)
    return [Segment(str(path), a, b) for a, b in pairwise(cuts) if b > a]


def verify_file(path: Path, processes: int | None = None) -> SegmentVerdict:
    """Check a whole exported ledger; return the number of entries that hold and the first fault."""
    workers = processes or os.cpu_count() or 1
    segments = _segments(path, workers if path.stat().st_size > READ_BYTES else 1)
    if len(segments) <= 1:
        verdicts = [verify_segment(segment) for segment in segments]
    else:
        with ProcessPoolExecutor(workers) as pool:
            verdicts = list(pool.map(verify_segment, segments))
    fault = next((verdict.fault for verdict in verdicts if verdict.fault), "")
    return SegmentVerdict(sum(verdict.entries for verdict in verdicts), fault)


def main(arguments: list[str]) -> int:
    """Check the file named by the first argument; 0 when it holds, 1 when not, 2 when it cannot be read."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        sys.stderr.write("usage: python -m yui.kernel.ledger.standalone FILE\n")
        return 2
    verdict = verify_file(Path(arguments[0]))
    sys.stdout.write(
        f"{verdict.entries} entries hold\n" + (f"FAULT {verdict.fault}\n" if verdict.fault else "")
    )
    return 1 if verdict.fault else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
