"""The stream over ASGI: holds each page's connection open, with a comment now and then as a sign of life."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http.request import split_domain_port, validate_host

from yui.kernel.live.hub import Authenticate, Hub, HubFull, Listener
from yui.kernel.live.views import RETRY_MILLISECONDS

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

HEARTBEAT_SECONDS = 15.0
WRITE_SECONDS = 20.0
STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class LiveApplication:
    """Answers ``GET /live/stream``. Nothing else of Django is in the way of a held connection."""

    def __init__(self, authenticate: Authenticate, *, limit: int = 1000, poll_seconds: float = 1.0) -> None:
        self.hub = Hub(authenticate, limit=limit, poll_seconds=poll_seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold one page's connection until it ends."""
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        if scope["method"] != "GET":
            await answer(send, 405)
            return
        if not _is_our_host(headers.get("host", "")):
            await answer(send, 400)
            return
        try:
            listener = await self.hub.admit(_session_key(headers), headers.get("last-event-id", ""))
        except (HubFull, DatabaseError):
            await answer(send, 503, extra=[(b"retry-after", b"10")])
            return
        if listener is None:
            # EventSource does not come back after 204.
            await answer(send, 204)
            return
        try:
            await self._hold(listener, receive, send)
        finally:
            self.hub.dismiss(listener)

    async def _hold(self, listener: Listener, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": STREAM_HEADERS})
        await _write(send, f"retry: {RETRY_MILLISECONDS}\n\n".encode())
        gone = asyncio.create_task(_until_gone(receive))
        try:
            while not gone.done():
                following = asyncio.create_task(listener.queue.get())
                done, _ = await asyncio.wait(
                    {following, gone}, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                if following not in done:
                    following.cancel()
                    if gone.done():
                        return
                    await _write(send, b": \n\n")
                    continue
                message = following.result()
                if message is None:
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
                    return
                await _write(send, message)
        except (TimeoutError, OSError):
            # The page does not read, or its connection broke: it will come back by itself.
            return
        finally:
            gone.cancel()


async def answer(
    send: Send, status: int, body: bytes = b"", *, extra: list[tuple[bytes, bytes]] | None = None
) -> None:
    """Send a whole answer."""
    headers = [(b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store"), *(extra or [])]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _write(send: Send, body: bytes) -> None:
    await asyncio.wait_for(
        send({"type": "http.response.body", "body": body, "more_body": True}), WRITE_SECONDS
    )


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _is_our_host(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _session_key(headers: dict[str, str]) -> str:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(headers.get("cookie", ""))
    except CookieError:
        return ""
    kept = cookies.get(settings.SESSION_COOKIE_NAME)
    return kept.value if kept else ""
