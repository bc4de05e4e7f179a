"""One HTTP port for HEC, OTLP and ``_bulk``, and one on loopback for the figures."""

import asyncio
import ssl

from aiohttp import web

from yui.security.soc.receivers.elastic import ElasticReceiver
from yui.security.soc.receivers.hec import HecReceiver
from yui.security.soc.receivers.intake import Intake
from yui.security.soc.receivers.otlp import OtlpReceiver

BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
LONGEST_HEAD_LINE = 16_384


class _Gate(asyncio.Protocol):
    """Lets a new connection in to the HTTP protocol, or tells it that it is one too many."""

    def __init__(self, intake: Intake, server: web.Server) -> None:
        self._intake, self._server = intake, server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Look whose the connection is."""
        if not isinstance(transport, asyncio.Transport):
            return
        if self._is_one_too_many(_address(transport)):
            self._intake.counters.refused_connections.labels("too_many").inc()
            transport.write(BUSY)
            transport.close()
            return
        protocol = self._server()
        transport.set_protocol(protocol)
        protocol.connection_made(transport)

    def _is_one_too_many(self, address: str) -> bool:
        limits, connections = self._intake.limits, self._server.connections
        if len(connections) >= limits.connections:
            return True
        if len(connections) < limits.connections_per_address:
            return False
        held = sum(1 for one in connections if one.transport and _address(one.transport) == address)
        return held >= limits.connections_per_address


def _address(transport: asyncio.BaseTransport) -> str:
    return str((transport.get_extra_info("peername") or ("",))[0])


def application(intake: Intake, *, allow_query_token: bool = False) -> web.Application:
    """Return the endpoints of all three protocols."""
    app = web.Application(client_max_size=intake.limits.packed_bytes)
    app.add_routes(HecReceiver(intake, allow_query_token=allow_query_token).routes())
    app.add_routes(OtlpReceiver(intake).routes())
    app.add_routes(ElasticReceiver(intake).routes())
    return app


class HttpServer:
    """The HTTP port of the receivers."""

    def __init__(self, intake: Intake, app: web.Application) -> None:
        self._intake = intake
        # Bodies are unpacked here within limits of their own, not by the HTTP parser.
        self._runner = web.AppRunner(
            app,
            auto_decompress=False,
            access_log=None,
            keepalive_timeout=intake.limits.header_seconds,
            lingering_time=2.0,
            max_line_size=LONGEST_HEAD_LINE,
            max_field_size=LONGEST_HEAD_LINE,
        )

    async def listen(self, host: str, port: int, tls: ssl.SSLContext | None = None) -> asyncio.Server:
        """Open the port."""
        await self._runner.setup()
        server = self._runner.server
        if server is None:
            raise RuntimeError("the HTTP runner has no server after its setup")
        seconds = 10.0 if tls is not None else None
        loop = asyncio.get_running_loop()
        return await loop.create_server(
            lambda: _Gate(self._intake, server), host, port, ssl=tls, ssl_handshake_timeout=seconds
        )

    async def finish(self) -> None:
        """Answer what has begun, then close."""
        await self._runner.cleanup()


async def serve_figures(intake: Intake, host: str, port: int) -> web.AppRunner:
    """Serve the counters as ``/metrics``; meant for loopback."""

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(
            body=intake.counters.text(), headers={"Content-Type": "text/plain; version=0.0.4"}
        )

    app = web.Application()
    app.router.add_get("/metrics", metrics)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner
