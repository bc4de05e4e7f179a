"""Windows event logs (EVTX), chunk by chunk, so that memory stays small and a damaged chunk costs only
itself.

Source: libyal, "Windows XML Event Log (EVTX) format", sections 2 (file header, 4,096 bytes) and 3 (chunks
of 65,536 bytes; record numbers at offset 8 and 16, CRC at 52). Each chunk carries its own strings and
templates."""

import io
import struct
from collections.abc import Iterator
from typing import Any

import orjson

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.flattening import TooDeep, with_clean_names
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.windows_events import from_event

MAGIC = b"ElfFile\x00"
CHUNK_MAGIC = b"ElfChnk\x00"
HEADER_BYTES = 4096
CHUNK_BYTES = 65536
_SMALLEST_RECORD = 28
_UNUSED = bytes(CHUNK_BYTES)
_MOST_RECORDS = CHUNK_BYTES // _SMALLEST_RECORD


def read_evtx(
    stream: io.BufferedReader, name: str, *, limits: ReadLimits = DEFAULT_LIMITS
) -> Iterator[LogRecord | Rejected]:
    """The records of an EVTX stream, with one ``Rejected`` for each record that its chunk promises and does
    not give."""
    header = _read_exactly(stream, HEADER_BYTES)
    if len(header) < HEADER_BYTES or not header.startswith(MAGIC):
        yield rejected(name, "truncated", why=f"EVTX header, {len(header)} bytes")
        return
    # Each chunk is given to the parser as a file of one chunk (chunk count: 16 bits at offset 42).
    header = header[:42] + struct.pack("<H", 1) + header[44:]
    number = 0
    while chunk := _read_exactly(stream, CHUNK_BYTES):
        number += 1
        place = f"{name}:chunk {number}"
        if len(chunk) < CHUNK_BYTES:
            if chunk.startswith(CHUNK_MAGIC):
                yield from _cut_chunk(header, chunk, place, limits)
            elif chunk.count(0) < len(chunk):
                yield rejected(place, "truncated", why=f"{len(chunk)} bytes of {CHUNK_BYTES}")
            return
        if not chunk.startswith(CHUNK_MAGIC):
            # Windows allocates ahead: chunks of zeros are unused.
            if chunk != _UNUSED:
                yield rejected(place, "evtx_chunk", why="no ElfChnk")
            continue
        yield from _chunk_records(header + chunk, place, limits)


def _read_exactly(stream: io.BufferedReader, count: int) -> bytes:
    parts = []
    while count > 0 and (part := stream.read1(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _cut_chunk(header: bytes, chunk: bytes, place: str, limits: ReadLimits) -> Iterator[LogRecord | Rejected]:
    yield from _chunk_records(header + chunk.ljust(CHUNK_BYTES, b"\x00"), place, limits)
    yield rejected(place, "truncated", why=f"{len(chunk)} bytes of {CHUNK_BYTES}")


def promised_records(chunk: bytes) -> int:
    """How many records the header of a chunk promises; 0 where its numbers make no sense."""
    first, last = struct.unpack_from("<QQ", chunk, 8)
    count: int = last - first + 1
    return count if 0 < count <= _MOST_RECORDS and first > 0 else 0


def _chunk_records(file: bytes, place: str, limits: ReadLimits) -> Iterator[LogRecord | Rejected]:
    from evtx import PyEvtxParser  # Native and needed for this format only: imported where it is used.

    promised = promised_records(file[HEADER_BYTES:])
    seen = refused = 0
    why = "fewer records than promised"
    try:
        records = iter(PyEvtxParser(io.BytesIO(file), number_of_threads=1).records_json())
        while refused <= _MOST_RECORDS:
            try:
                entry = next(records, None)
            except (RuntimeError, ValueError, OSError) as error:
                why = str(error)
                refused += 1
                if "chunk" in why:
                    # The whole chunk failed: its records are counted below.
                    refused -= 1
                    break
                yield rejected(f"{place}, record {seen + refused}", "evtx_record", why=why)
                continue
            if entry is None:
                break
            seen += 1
            yield _record(entry, place, limits)
    except (RuntimeError, ValueError, OSError) as error:
        why = str(error)
    lost = promised - seen - refused
    if lost <= 0 and not seen and not refused:
        lost = 1 if not promised and why != "fewer records than promised" else 0
    for missing in range(lost):
        yield rejected(f"{place}, lost {missing + 1}/{lost}", "evtx_chunk", why=why)


def _record(entry: dict[str, Any], place: str, limits: ReadLimits) -> LogRecord | Rejected:
    number, raw = entry["event_record_id"], entry["data"]
    at = f"{place}, record {number}"
    try:
        event = orjson.loads(raw)["Event"]
        record = from_event(event, raw, at)
    except TooDeep:
        return rejected(at, "too_deep", raw, limit=limits.nesting)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return rejected(at, "evtx_record", raw, why=f"{type(error).__name__}: {error}")
    if len(record.fields) > limits.fields:
        return rejected(at, "too_many_fields", raw, limit=limits.fields)
    clean = with_clean_names(record.fields)
    return record if clean is record.fields else record._replace(fields=clean)
