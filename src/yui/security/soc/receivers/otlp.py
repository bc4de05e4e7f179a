"""OpenTelemetry logs over OTLP/HTTP.

Source: OpenTelemetry Protocol Specification 1.x, "OTLP/HTTP": ``POST /v1/logs``, binary protobuf and JSON,
gzip; answers in the encoding of the request; partial success; 429 and 503 with ``Retry-After`` mean "try
again".
"""

import orjson
from aiohttp import web
from google.rpc.status_pb2 import Status  # type: ignore[import-untyped]
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import (
    ExportLogsPartialSuccess,
    ExportLogsServiceResponse,
)

from yui.security.soc.formats.limits import ReadLimits
from yui.security.soc.formats.wire import WireFormat, split
from yui.security.soc.queue.errors import QueueFull, QueueRefused
from yui.security.soc.receivers.bodies import BodyRefused, body_of
from yui.security.soc.receivers.intake import Intake, Taken
from yui.security.soc.receivers.proofs import sender_of
from yui.security.soc.receivers.senders import Protocol

PROTOBUF = "application/x-protobuf"
JSON = "application/json"
INVALID_ARGUMENT, UNAUTHENTICATED, UNAVAILABLE, RESOURCE_EXHAUSTED = 3, 16, 14, 8
NOT_READ = {"bad_otlp", "not_json", "too_deep"}


class OtlpReceiver:
    """The endpoint ``/v1/logs``."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._limits = ReadLimits(record_bytes=intake.limits.event_bytes)

    def routes(self) -> list[web.RouteDef]:
        """Return the endpoint."""
        return [web.post("/v1/logs", self._logs)]

    async def _logs(self, request: web.Request) -> web.StreamResponse:
        response = await self._answer(request)
        self._intake.counters.requests.labels(Protocol.OTLP, response.status).inc()
        return response

    async def _answer(self, request: web.Request) -> web.Response:
        kind = request.content_type
        if kind not in {PROTOBUF, JSON}:
            return _failed(JSON, 415, INVALID_ARGUMENT, f"Content-Type: {PROTOBUF} / {JSON}")
        sender = sender_of(request, self._intake.book, Protocol.OTLP)
        if sender is None:
            self._intake.counters.unknown_senders.labels(Protocol.OTLP).inc()
            return _failed(kind, 401, UNAUTHENTICATED, "送信元が登録されていません / unknown sender")
        form = WireFormat.OTLP_PROTOBUF if kind == PROTOBUF else WireFormat.OTLP_JSON
        try:
            async with body_of(request, self._intake) as body:
                pieces = split(form, body, limits=self._limits)
                taken = await self._intake.take(sender, Protocol.OTLP, form, pieces)
        except BodyRefused as refused:
            code = RESOURCE_EXHAUSTED if refused.status == 429 else INVALID_ARGUMENT
            return _failed(kind, refused.status, code, str(refused))
        except QueueRefused as refused:
            full = isinstance(refused, QueueFull)
            code = RESOURCE_EXHAUSTED if full else UNAVAILABLE
            return _failed(kind, 429 if full else 503, code, str(refused), refused.retry_seconds)
        if not taken.events and taken.rejected and taken.rejected[0][1].reason in NOT_READ:
            return _failed(kind, 400, INVALID_ARGUMENT, taken.rejected[0][1].detail)
        return _succeeded(kind, taken)


def _succeeded(kind: str, taken: Taken) -> web.Response:
    """Answer 200; where records were kept aside, with how many and why the first was."""
    count = len(taken.rejected)
    reason = taken.rejected[0][1].detail if taken.rejected else ""
    if kind == JSON:
        partial = {"partialSuccess": {"rejectedLogRecords": str(count), "errorMessage": reason}}
        return web.Response(body=orjson.dumps(partial if count else {}), content_type=JSON)
    answer = ExportLogsServiceResponse()
    if count:
        answer.partial_success.CopyFrom(
            ExportLogsPartialSuccess(rejected_log_records=count, error_message=reason)
        )
    return web.Response(body=answer.SerializeToString(), content_type=PROTOBUF)


def _failed(kind: str, status: int, code: int, text: str, retry_seconds: int = 5) -> web.Response:
    """Answer with a ``google.rpc.Status``."""
    headers = {"Retry-After": str(retry_seconds)} if status in (429, 503) else None
    if kind == JSON:
        body = orjson.dumps({"code": code, "message": text})
    else:
        body = Status(code=code, message=text).SerializeToString()
    return web.Response(status=status, body=body, content_type=kind, headers=headers)
