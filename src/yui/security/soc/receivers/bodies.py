"""Reading the body of a request within limits: size, unpacked size, time, and all bodies together."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from yui.security.soc.receivers.intake import Intake

GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
STEP = 1024 * 1024
PACKED = {"gzip", "x-gzip", "deflate"}


class BodyRefused(Exception):
    """A body that is not read to its end.

    Attributes:
        status: HTTP status to answer with.
        reason: a short code for counting.
    """

    def __init__(self, status: int, reason: str, text: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(text)


@asynccontextmanager
async def body_of(request: web.Request, intake: Intake) -> AsyncIterator[bytes]:
    """Give the unpacked body while it counts as held.

    Raises:
        BodyRefused: when it is too long, too slow, not packed as it says, or too much is held already.
    """
    limits = intake.limits
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in {"", "identity", *PACKED}:
        raise BodyRefused(415, "encoding", f"Content-Encoding {encoding[:40]!r}: gzip / deflate / identity")
    if (request.content_length or 0) > limits.packed_bytes:
        raise _too_long(limits.packed_bytes)
    if intake.in_flight + (request.content_length or 0) > limits.in_flight_bytes:
        raise BodyRefused(429, "in_flight", "受信が混み合っています / too much is being received at once")
    held = 0
    try:
        chunks: list[bytes] = []
        try:
            async with asyncio.timeout(limits.body_seconds):
                async for chunk in request.content.iter_any():
                    chunks.append(chunk)
                    held += len(chunk)
                    intake.in_flight += len(chunk)
                    if held > limits.packed_bytes:
                        raise _too_long(limits.packed_bytes)
        except TimeoutError:
            raise BodyRefused(
                408, "slow_body", "本文が時間内に届きません / the body came too slowly"
            ) from None
        packed = b"".join(chunks)
        chunks.clear()
        body = unpacked(packed, limits.body_bytes) if encoding in PACKED else packed
        held += len(body)
        intake.in_flight += len(body)
        yield body
    finally:
        intake.in_flight -= held


def _too_long(limit: int) -> BodyRefused:
    return BodyRefused(
        413, "body_too_long", f"本文が {limit:,} バイトを超えます / the body is longer than {limit:,} bytes"
    )


def unpacked(packed: bytes, limit: int) -> bytes:
    """Return what gzip (also of several members) or zlib data holds.

    Raises:
        BodyRefused: when it is more than ``limit`` bytes, damaged or incomplete.
    """
    out: list[bytes] = []
    size, rest = 0, packed
    try:
        while rest:
            worker = zlib.decompressobj(GZIP_OR_ZLIB)
            while not worker.eof:
                piece = worker.decompress(rest, STEP)
                rest = worker.unconsumed_tail
                if not piece and not rest and not worker.eof:
                    raise BodyRefused(
                        400, "truncated", "圧縮データが途中で切れています / the body is cut off"
                    )
                size += len(piece)
                if size > limit:
                    raise BodyRefused(
                        413, "bomb", f"展開後が {limit:,} バイトを超えます / it expands too far"
                    )
                out.append(piece)
            # Members may follow each other, padded with zeros (RFC 1952, and as tape writers do).
            rest = worker.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise BodyRefused(400, "corrupt", f"圧縮データを読めません / not readable: {error}") from error
    return b"".join(out)
