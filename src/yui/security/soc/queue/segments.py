"""The files of the embedded queue: numbered records, each with its checksum.

A file ``<first position, 16 digits>.segment`` begins with a magic word. A record is a head of 20 bytes,
little-endian — payload length (u32), position (u64), CRC-32 of these two (u32), CRC-32 of the payload
(u32) — and the payload. A record is good when both checksums agree (ISO 3309 CRC-32, as zlib has it). The
head's own checksum lets a reader step over a damaged payload without losing its way.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

MAGIC = b"YUIQUEUE1\n"
SUFFIX = ".segment"
_NUMBERS = struct.Struct("<IQ")
_SUMS = struct.Struct("<II")
HEAD_SIZE = _NUMBERS.size + _SUMS.size


class Record(NamedTuple):
    """One record as it stands in the file; ``payload`` is None where its checksum does not agree."""

    position: int
    payload: bytes | None
    end: int


def segment_path(folder: Path, first: int) -> Path:
    """Return the file whose first record has the number ``first``."""
    return folder / f"{first:016d}{SUFFIX}"


def first_position(path: Path) -> int:
    """Return the number of the first record that a file was begun for."""
    return int(path.name.removesuffix(SUFFIX))


def segments_in(folder: Path) -> list[Path]:
    """Return the files in the order of their numbers."""
    return sorted(path for path in folder.glob(f"*{SUFFIX}") if path.name.removesuffix(SUFFIX).isdigit())


def framed(position: int, payload: bytes) -> tuple[bytes, bytes]:
    """Return head and payload of a record."""
    numbers = _NUMBERS.pack(len(payload), position)
    return numbers + _SUMS.pack(zlib.crc32(numbers), zlib.crc32(payload)), payload


def read_record(file: BinaryIO, at: int) -> Record | None:
    """Return the record at offset ``at``; None where there is no whole one (yet), or its head is damaged."""
    file.seek(at)
    head = file.read(HEAD_SIZE)
    if len(head) < HEAD_SIZE:
        return None
    numbers = head[: _NUMBERS.size]
    length, position = _NUMBERS.unpack(numbers)
    head_sum, payload_sum = _SUMS.unpack_from(head, _NUMBERS.size)
    if zlib.crc32(numbers) != head_sum:
        return None
    payload = file.read(length)
    if len(payload) < length:
        return None
    whole = zlib.crc32(payload) == payload_sum
    return Record(position, payload if whole else None, at + HEAD_SIZE + length)


def good_records(file: BinaryIO) -> Iterator[Record]:
    """Yield the records from the beginning until the first that is damaged or incomplete."""
    file.seek(0)
    if file.read(len(MAGIC)) != MAGIC:
        return
    at = len(MAGIC)
    while (record := read_record(file, at)) is not None and record.payload is not None:
        yield record
        at = record.end
