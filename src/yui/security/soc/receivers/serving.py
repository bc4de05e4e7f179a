"""All receivers of one process: opened together, closed so that nothing begun is lost."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from yui.security.soc.queue.contract import EventQueue
from yui.security.soc.queue.log import QueueLimits
from yui.security.soc.queue.opening import open_queue
from yui.security.soc.receivers.counters import Counters
from yui.security.soc.receivers.http import HttpServer, application, serve_figures
from yui.security.soc.receivers.intake import Intake
from yui.security.soc.receivers.limits import ReceiverLimits
from yui.security.soc.receivers.senders import SenderBook, SenderSource
from yui.security.soc.receivers.syslog import SyslogReceiver
from yui.security.soc.receivers.tls import TlsFiles, server_context

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Port:
    """Where to listen; port 0 lets the system choose one."""

    host: str
    port: int


@dataclass(frozen=True)
class ReceiverSettings:
    """What to open, and where the queue is. A port that is None stays closed.

    Attributes:
        http: HEC, OTLP and ``_bulk``; with TLS where ``tls`` is given and ``http_tls`` holds.
        syslog: plain TCP, for closed networks; senders are known by address.
        syslog_tls: syslog over TLS; senders are known by client certificate.
        figures: the counters.
        http_tls: off where a proxy in front of the HTTP port ends TLS.
        queue_address: empty for the embedded queue, else of the NATS server.
        queue_folder: of the embedded queue.
        allow_query_token: whether HEC takes a token from the query.
        refresh_seconds: how often the senders are read again.
    """

    queue_folder: Path
    http: Port | None = None
    syslog: Port | None = None
    syslog_tls: Port | None = None
    figures: Port | None = None
    tls: TlsFiles | None = None
    http_tls: bool = True
    queue_address: str = ""
    queue_limits: QueueLimits = field(default_factory=QueueLimits)
    limits: ReceiverLimits = field(default_factory=ReceiverLimits)
    allow_query_token: bool = False
    refresh_seconds: float = 5.0


class Receivers:
    """The open ports and what stands behind them.

    Attributes:
        ports: the port numbers really opened, by name (``http``, ``syslog``, ``syslog_tls``, ``figures``).
    """

    def __init__(self, settings: ReceiverSettings, senders: SenderSource, counters: Counters) -> None:
        self._settings, self._senders, self._counters = settings, senders, counters
        self.ports: dict[str, int] = {}
        self._closers: list[Callable[[], Awaitable[None]]] = []
        self._queue: EventQueue | None = None

    async def open(self) -> None:
        """Open the queue, then the ports.

        Raises:
            QueueError: when the queue cannot be opened.
            TlsFilesUnusable: when a certificate cannot be used.
            OSError: when a port is taken.
        """
        settings = self._settings
        self._queue = await open_queue(settings.queue_address, settings.queue_folder, settings.queue_limits)
        intake = Intake(self._queue, self._counters, settings.limits)
        intake.book = SenderBook(await asyncio.to_thread(self._senders))
        refreshing = asyncio.create_task(self._refresh(intake))
        self._closers.append(lambda: _cancelled(refreshing))
        await self._open_http(intake)
        await self._open_syslog(intake)
        if settings.figures is not None:
            runner = await serve_figures(intake, settings.figures.host, settings.figures.port)
            self.ports["figures"] = _port_of(runner)
            self._closers.append(runner.cleanup)

    async def close(self) -> None:
        """Stop taking, finish what was begun, then close the queue."""
        for closer in reversed(self._closers):
            await closer()
        if self._queue is not None:
            await self._queue.close()

    async def _open_http(self, intake: Intake) -> None:
        settings = self._settings
        if settings.http is None:
            return
        tls = (
            server_context(settings.tls, clients_must_show=False)
            if settings.tls and settings.http_tls
            else None
        )
        server = HttpServer(intake, application(intake, allow_query_token=settings.allow_query_token))
        listening = await server.listen(settings.http.host, settings.http.port, tls)
        self.ports["http"] = listening.sockets[0].getsockname()[1]

        async def finish() -> None:
            listening.close()
            await server.finish()

        self._closers.append(finish)

    async def _open_syslog(self, intake: Intake) -> None:
        settings, receiver = self._settings, SyslogReceiver(intake)
        opened = []
        if settings.syslog is not None:
            opened.append(await receiver.listen(settings.syslog.host, settings.syslog.port))
            self.ports["syslog"] = opened[-1].sockets[0].getsockname()[1]
        if settings.syslog_tls is not None and settings.tls is not None:
            tls = server_context(settings.tls, clients_must_show=True)
            opened.append(await receiver.listen(settings.syslog_tls.host, settings.syslog_tls.port, tls))
            self.ports["syslog_tls"] = opened[-1].sockets[0].getsockname()[1]

        async def finish() -> None:
            for server in opened:
                server.close()
            await receiver.finish()

        self._closers.append(finish)

    async def _refresh(self, intake: Intake) -> None:
        """Look for new, changed and revoked senders; while they cannot be read, those known stay."""
        while True:
            await asyncio.sleep(self._settings.refresh_seconds)
            intake.counters.queue_bytes.set(getattr(self._queue, "held_bytes", 0))
            try:
                intake.book = SenderBook(await asyncio.to_thread(self._senders))
            except Exception:
                log.exception("the senders could not be read again; the known ones stay")


async def _cancelled(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _port_of(runner: web.AppRunner) -> int:
    return int(runner.addresses[0][1])
