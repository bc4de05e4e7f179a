"""Splunk's HTTP Event Collector.

Source: Splunk Enterprise, "Input endpoint descriptions" (``/services/collector…``), "Troubleshoot HTTP Event
Collector" (status codes) and "About HTTP Event Collector Indexer Acknowledgment". Events are on the disk
before ``Success`` is said, so an acknowledgement number is true from the moment it is given.
"""

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

from yui.security.soc.engine.records import Rejected
from yui.security.soc.formats.hec import raw_entry
from yui.security.soc.formats.limits import ReadLimits
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.wire import WireFormat, split
from yui.security.soc.queue.errors import QueueFull, QueueRefused
from yui.security.soc.receivers.bodies import BodyRefused, body_of
from yui.security.soc.receivers.intake import Intake, Taken
from yui.security.soc.receivers.proofs import sender_of, tokens_in
from yui.security.soc.receivers.senders import Protocol, Sender

RETRY_SECONDS = 5
LONGEST_CHANNEL = 128
METADATA = ("host", "source", "sourcetype", "index", "time")
_BLANK = re.compile(rb'"event"\s*:\s*(?:""|null)')


@dataclass(frozen=True, slots=True)
class Answer:
    """One of Splunk's answers."""

    status: int
    code: int
    text: str


SUCCESS = Answer(200, 0, "Success")
NO_TOKEN = Answer(401, 2, "Token is required")
BAD_AUTHORIZATION = Answer(401, 3, "Invalid authorization")
BAD_TOKEN = Answer(403, 4, "Invalid token")
NO_DATA = Answer(400, 5, "No data")
BAD_DATA = Answer(400, 6, "Invalid data format")
BUSY = Answer(503, 9, "Server is busy")
NO_CHANNEL = Answer(400, 10, "Data channel is missing")
BAD_CHANNEL = Answer(400, 11, "Invalid data channel")
NO_EVENT = Answer(400, 12, "Event field is required")
BLANK_EVENT = Answer(400, 13, "Event field cannot be blank")
QUERY_TOKEN = Answer(400, 16, "Query string authorization is not enabled")
HEALTHY = Answer(200, 17, "HEC is healthy")
UNHEALTHY = Answer(503, 18, "HEC is unhealthy, queues are full")


class HecRefused(Exception):
    """A request that is answered with one of Splunk's errors."""

    def __init__(self, answer: Answer, **extra: Any) -> None:
        self.answer, self.extra = answer, extra
        super().__init__(answer.text)


def _respond(answer: Answer, **extra: Any) -> web.Response:
    body = orjson.dumps({"text": answer.text, "code": answer.code, **extra})
    headers = {"Retry-After": str(RETRY_SECONDS)} if answer.status in (429, 503) else None
    return web.Response(status=answer.status, body=body, content_type="application/json", headers=headers)


class Channels:
    """Acknowledgement numbers by sender and channel, the longest unused channel forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._next: OrderedDict[tuple[str, str], int] = OrderedDict()

    def number(self, sender: str, channel: str) -> int:
        """Return the next number of a channel."""
        key = (sender, channel)
        number = self._next.pop(key, 0)
        self._next[key] = number + 1
        while len(self._next) > self._most:
            self._next.popitem(last=False)
        return number

    def given(self, sender: str, channel: str, number: int) -> bool:
        """Return whether a number was given out since the start: then its events are on the disk."""
        return 0 <= number < self._next.get((sender, channel), 0)


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class HecReceiver:
    """The endpoints under ``/services/collector``."""

    def __init__(self, intake: Intake, *, allow_query_token: bool = False) -> None:
        self._intake = intake
        self._allow_query_token = allow_query_token
        self._channels = Channels(intake.limits.channels)
        self._limits = ReadLimits(record_bytes=intake.limits.event_bytes)
        self.is_full = False

    def routes(self) -> list[web.RouteDef]:
        """Return the endpoints."""
        base = "/services/collector"
        return [
            *(
                web.post(base + end, self._answering(self._events))
                for end in ("", "/", "/event", "/event/1.0")
            ),
            *(web.post(base + end, self._answering(self._raw)) for end in ("/raw", "/raw/1.0")),
            *(web.get(base + end, self._health) for end in ("/health", "/health/1.0")),
            *(web.post(base + end, self._answering(self._acks)) for end in ("/ack", "/ack/1.0")),
        ]

    def _answering(self, handler: Handler) -> Handler:
        """Turn refusals into Splunk's answers, and count what was answered."""

        async def answered(request: web.Request) -> web.StreamResponse:
            try:
                response = await handler(request)
            except HecRefused as refused:
                response = _respond(refused.answer, **refused.extra)
            except BodyRefused as refused:
                answer = Answer(refused.status, BAD_DATA.code, BAD_DATA.text)
                busy = refused.status == 429
                response = _respond(BUSY) if busy else _respond(answer, detail=str(refused))
            except QueueRefused as refused:
                self.is_full = isinstance(refused, QueueFull)
                response = _respond(BUSY, detail=str(refused))
            self._intake.counters.requests.labels(Protocol.HEC, response.status).inc()
            return response

        return answered

    def _sender(self, request: web.Request) -> Sender:
        token = request.query.get("token", "")
        if token and not self._allow_query_token:
            raise HecRefused(QUERY_TOKEN)
        sender = sender_of(request, self._intake.book, Protocol.HEC, token)
        if sender is not None:
            return sender
        self._intake.counters.unknown_senders.labels(Protocol.HEC).inc()
        header = request.headers.get("Authorization", "")
        if not header and not token:
            raise HecRefused(NO_TOKEN)
        raise HecRefused(BAD_TOKEN if token or tokens_in(header) else BAD_AUTHORIZATION)

    def _channel(self, request: web.Request, *, required: bool) -> str:
        channel = request.headers.get("X-Splunk-Request-Channel") or request.query.get("channel", "")
        if required and not channel:
            raise HecRefused(NO_CHANNEL)
        if len(channel) > LONGEST_CHANNEL or not channel.isprintable():
            raise HecRefused(BAD_CHANNEL)
        return channel

    async def _events(self, request: web.Request) -> web.StreamResponse:
        sender, channel = self._sender(request), self._channel(request, required=False)
        async with body_of(request, self._intake) as body:
            pieces = [
                _checked(piece, n) for n, piece in enumerate(self._split(WireFormat.HEC_EVENT, body), 1)
            ]
            return await self._take(sender, channel, pieces)

    async def _raw(self, request: web.Request) -> web.StreamResponse:
        sender, channel = self._sender(request), self._channel(request, required=False)
        metadata = {name: request.query[name][:1000] for name in METADATA if request.query.get(name)}
        async with body_of(request, self._intake) as body:
            pieces = [
                piece if isinstance(piece, Rejected) else raw_entry(piece, metadata)
                for piece in self._split(WireFormat.HEC_RAW, body)
            ]
            return await self._take(sender, channel, pieces)

    def _split(self, form: WireFormat, body: bytes) -> list[bytes | Rejected]:
        pieces = list(split(form, body, limits=self._limits)) if body.strip() else []
        if not pieces:
            raise HecRefused(NO_DATA)
        return pieces

    async def _take(self, sender: Sender, channel: str, pieces: list[bytes | Rejected]) -> web.Response:
        taken = await self._intake.take(sender, Protocol.HEC, WireFormat.HEC_EVENT, pieces)
        self.is_full = False
        if taken.rejected:
            raise _refusal(taken)
        if channel:
            return _respond(SUCCESS, ackId=self._channels.number(sender.identifier, channel))
        return _respond(SUCCESS)

    async def _acks(self, request: web.Request) -> web.StreamResponse:
        sender, channel = self._sender(request), self._channel(request, required=True)
        async with body_of(request, self._intake) as body:
            try:
                asked = orjson.loads(body)["acks"]
                numbers = [number for number in asked if type(number) is int]
            except (ValueError, TypeError, KeyError):
                raise HecRefused(BAD_DATA) from None
        given = {str(n): self._channels.given(sender.identifier, channel, n) for n in numbers[:100_000]}
        return web.Response(body=orjson.dumps({"acks": given}), content_type="application/json")

    async def _health(self, request: web.Request) -> web.StreamResponse:
        return _respond(UNHEALTHY if self.is_full else HEALTHY)


def _checked(piece: bytes | Rejected, number: int) -> bytes | Rejected:
    """Return a piece, or why it is no HEC event although it is an object."""
    if isinstance(piece, Rejected) or (b'"event"' in piece and not _BLANK.search(piece)):
        return piece
    event = orjson.loads(piece).get("event", ...)
    if event is ...:
        return rejected(f"#{number}", "bad_hec", piece, why="Event field is required")
    if event is None or event == "":
        return rejected(f"#{number}", "bad_hec", piece, why="Event field cannot be blank")
    return piece


def _refusal(taken: Taken) -> HecRefused:
    """Splunk's answer where some events are none. The others of the request were taken, as Splunk does.

    ``invalid-event-number`` counts from 0.
    """
    number, first = taken.rejected[0]
    answer = BAD_DATA
    if first.reason == "bad_hec":
        answer = NO_EVENT if "required" in first.detail else BLANK_EVENT
    return HecRefused(answer, **{"invalid-event-number": number, "rejected": len(taken.rejected)})
