"""Syslog over TCP and TLS.

The ward comes from the client certificate (TLS, RFC 5425) or, on a port for a closed network, from the
sender's address. The protocol acknowledges nothing: what was read is put into the queue before more is
read, so a sender that is faster than the disk waits in its own buffers instead of losing messages here.
"""

import asyncio
import contextlib
import ssl
from collections import Counter
from collections.abc import Callable
from typing import Any

from yui.security.soc.engine.records import Rejected
from yui.security.soc.formats.wire import WireFormat
from yui.security.soc.queue.errors import QueueRefused
from yui.security.soc.receivers.framing import Framer
from yui.security.soc.receivers.intake import Intake
from yui.security.soc.receivers.senders import Protocol, Sender

READ_BYTES = 256 * 1024
HANDSHAKE_SECONDS = 10.0
RETRY_SECONDS = 0.5


class _Link(asyncio.Protocol):
    """One connection: what has come is kept until it is asked for, also when the sender resets it."""

    def __init__(self, connected: Callable[["_Link"], None]) -> None:
        self._connected = connected
        self._held = bytearray()
        self._ended = False
        self._news = asyncio.Event()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to serve."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            self._connected(self)

    def data_received(self, data: bytes) -> None:
        """Keep what came; beyond a limit the sender waits."""
        self._held += data
        self._news.set()
        if len(self._held) >= READ_BYTES and self._transport is not None:
            self._transport.pause_reading()

    def eof_received(self) -> bool:
        """The sender says that it has finished."""
        self._ended = True
        self._news.set()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone; what came before is still served."""
        self._ended = True
        self._news.set()

    def about(self, name: str) -> Any:
        """Return what the transport knows (``peername``, ``ssl_object``)."""
        return self._transport.get_extra_info(name) if self._transport is not None else None

    async def read(self, seconds: float | None) -> bytes:
        """Return what has come; nothing at the end, or when nothing comes in time."""
        if not self._held and not self._ended:
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), seconds)
        data = bytes(self._held)
        self._held.clear()
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()
        return data

    def end(self) -> None:
        """Read no more; what has come is still served."""
        self._ended = True
        self._news.set()
        if self._transport is not None:
            self._transport.pause_reading()

    def close(self) -> None:
        """Close the connection."""
        if self._transport is not None:
            self._transport.close()


class SyslogReceiver:
    """The connections of one or more ports."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._by_address: Counter[str] = Counter()
        self._tasks: dict[asyncio.Task[None], _Link] = {}

    async def listen(self, host: str, port: int, tls: ssl.SSLContext | None = None) -> asyncio.Server:
        """Open a port; with ``tls``, clients show a certificate."""
        seconds = HANDSHAKE_SECONDS if tls is not None else None
        loop = asyncio.get_running_loop()
        return await loop.create_server(
            lambda: _Link(self._connected), host, port, ssl=tls, ssl_handshake_timeout=seconds
        )

    async def finish(self) -> None:
        """Let every connection put what it has read into the queue, then close it."""
        for link in self._tasks.values():
            link.end()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=10)

    def _connected(self, link: _Link) -> None:
        task = asyncio.create_task(self._attend(link))
        self._tasks[task] = link
        task.add_done_callback(self._tasks.pop)

    async def _attend(self, link: _Link) -> None:
        address = str((link.about("peername") or ("",))[0])
        self._by_address[address] += 1
        try:
            sender = self._admit(link, address)
            if sender is not None:
                await self._serve(sender, link)
        finally:
            self._by_address[address] -= 1
            if not self._by_address[address]:
                del self._by_address[address]
            link.close()

    def _admit(self, link: _Link, address: str) -> Sender | None:
        """Return the sender of a connection; None where it is nobody's, or one too many."""
        intake = self._intake
        many = self._by_address.total() > intake.limits.connections
        if many or self._by_address[address] > intake.limits.connections_per_address:
            intake.counters.refused_connections.labels("too_many").inc()
            return None
        tls = link.about("ssl_object")
        if tls is None:
            sender = intake.book.by_address(address, Protocol.SYSLOG)
        else:
            certificate = tls.getpeercert(binary_form=True)
            sender = intake.book.by_certificate(certificate, Protocol.SYSLOG) if certificate else None
        if sender is None:
            intake.counters.unknown_senders.labels(Protocol.SYSLOG).inc()
        return sender

    async def _serve(self, sender: Sender, link: _Link) -> None:
        framer = Framer(self._intake.limits.event_bytes)
        while True:
            data = await link.read(self._intake.limits.frame_seconds if framer.pending else None)
            await self._put(sender, framer.feed(data) if data else framer.finish())
            if not data or not self._intake.book.holds(sender):
                return

    async def _put(self, sender: Sender, pieces: list[bytes | Rejected]) -> None:
        """Put messages into the queue, however long it takes until there is room; the sender waits."""
        while pieces:
            try:
                await self._intake.take(sender, Protocol.SYSLOG, WireFormat.SYSLOG, pieces)
            except QueueRefused:
                await asyncio.sleep(RETRY_SECONDS)
                continue
            return
