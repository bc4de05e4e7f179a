"""Elasticsearch's ``_bulk``, as much of it as senders of logs use.

Source: Elasticsearch reference, "Bulk API"; observed of rsyslog omelasticsearch, syslog-ng
elasticsearch-http() and elasticsearch-py: PUT as well as POST, blank lines,
``application/vnd.elasticsearch+x-ndjson``, Basic, ApiKey and Bearer, the product check by the header
``X-Elastic-Product``, health checks before the first request.
"""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web

from yui.security.soc.formats.elastic_bulk import BulkItem, split_bulk
from yui.security.soc.formats.limits import ReadLimits
from yui.security.soc.formats.wire import WireFormat
from yui.security.soc.queue.errors import QueueFull, QueueRefused
from yui.security.soc.receivers.bodies import BodyRefused, body_of
from yui.security.soc.receivers.bulk_bodies import Alike, pieces_alike
from yui.security.soc.receivers.intake import Intake
from yui.security.soc.receivers.proofs import sender_of
from yui.security.soc.receivers.senders import Protocol, Sender

VERSION = "8.17.0"
"""The version whose ``_bulk`` is spoken; clients ask before they send."""
PRODUCT = {"X-Elastic-Product": "Elasticsearch"}
COMPATIBLE = "application/vnd.elasticsearch+json"

Handler = Callable[[web.Request, Sender], Awaitable[web.Response]]


class ElasticReceiver:
    """The endpoints that senders of logs call."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._limits = ReadLimits(record_bytes=intake.limits.event_bytes)

    def routes(self) -> list[web.RouteDef]:
        """Return the endpoints."""
        bulk, document = self._for_senders(self._bulk), self._for_senders(self._document)
        paths = ("/_bulk", "/{index}/_bulk", "/{index}/{kind}/_bulk")
        return [
            *(web.route(method, path, bulk) for path in paths for method in ("POST", "PUT")),
            web.post("/{index}/_doc", document),
            web.route("PUT", "/{index}/_doc/{identifier}", document),
            web.route("PUT", "/{index}/_create/{identifier}", document),
            web.get("/", self._for_senders(_about)),
            web.get("/_cat/health", self._for_senders(_cat_health)),
            web.get("/_cluster/health", self._for_senders(_cluster_health)),
            web.get("/_license", self._for_senders(_license)),
        ]

    def _for_senders(self, handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Find the sender first, and turn refusals into Elasticsearch's errors."""

        async def answered(request: web.Request) -> web.StreamResponse:
            sender = sender_of(request, self._intake.book, Protocol.ELASTIC)
            try:
                if sender is None:
                    self._intake.counters.unknown_senders.labels(Protocol.ELASTIC).inc()
                    response = _failed(
                        401, "security_exception", "送信元が登録されていません / unknown sender"
                    )
                    response.headers["WWW-Authenticate"] = 'Basic realm="yui" charset="UTF-8"'
                else:
                    response = await handler(request, sender)
            except BodyRefused as refused:
                response = _failed(refused.status, refused.reason, str(refused))
            except QueueRefused as refused:
                full = isinstance(refused, QueueFull)
                response = _failed(
                    429 if full else 503,
                    "es_rejected_execution_exception",
                    str(refused),
                    refused.retry_seconds,
                )
            self._intake.counters.requests.labels(Protocol.ELASTIC, response.status).inc()
            return response

        return answered

    async def _bulk(self, request: web.Request, sender: Sender) -> web.Response:
        index, accept = request.match_info.get("index", ""), request.headers.get("Accept", "")
        given = secrets.token_urlsafe(12)
        async with body_of(request, self._intake) as body:
            alike = pieces_alike(body, self._limits.record_bytes)
            if alike is not None:
                await self._intake.take(sender, Protocol.ELASTIC, WireFormat.ELASTIC_BULK, alike.pieces)
                return _answer(_created(alike, index, given), accept=accept)
            items = list(split_bulk(body, limits=self._limits))
            if not items:
                return _failed(400, "parse_exception", "request body is required")
            pieces = (item.rejected or item.raw for item in items)
            await self._intake.take(sender, Protocol.ELASTIC, WireFormat.ELASTIC_BULK, pieces)
        answers = [_result(item, item.index_name or index, f"{given}{n}") for n, item in enumerate(items)]
        errors = any(item.rejected for item in items)
        return _json({"took": 0, "errors": errors, "items": answers}, accept=accept)

    async def _document(self, request: web.Request, sender: Sender) -> web.Response:
        """Take one document, as the bulk pair that says the same."""
        index, identifier = request.match_info["index"], request.match_info.get("identifier", "")
        about = {"_index": index, **({"_id": identifier} if identifier else {})}
        async with body_of(request, self._intake) as body:
            document = b" ".join(body.split(b"\n")).strip()
            pair = orjson.dumps({"index": about}) + b"\n" + document
            item = next(split_bulk(pair, limits=self._limits))
            await self._intake.take(
                sender, Protocol.ELASTIC, WireFormat.ELASTIC_BULK, [item.rejected or item.raw]
            )
        if item.rejected:
            return _failed(400, "document_parsing_exception", item.rejected.detail)
        return _json(_result(item, index, secrets.token_urlsafe(15))["index"], status=201)


def _result(item: BulkItem, index: str, given: str) -> dict[str, Any]:
    """Return what ``_bulk`` answers about one item."""
    action = item.action or "index"
    if item.rejected is not None:
        error = {"type": "document_parsing_exception", "reason": item.rejected.detail}
        return {action: {"_index": index, "_id": item.identifier or None, "status": 400, "error": error}}
    return {
        action: {
            "_index": index,
            "_id": item.identifier or given,
            "_version": 1,
            "result": "created",
            "_shards": {"total": 1, "successful": 1, "failed": 0},
            "_seq_no": 0,
            "_primary_term": 1,
            "status": 201,
        }
    }


def _created(alike: Alike, index: str, given: str) -> bytes:
    """Return the answer to a request whose pieces were all taken, as ``_result`` says it of each."""
    mark = "\x00"
    item = BulkItem(alike.action, "", "", b"", None)
    before, _, after = orjson.dumps(_result(item, index, mark)).rpartition(orjson.dumps(mark))
    begin, end = before + b'"' + given.encode(), b'"' + after
    answers = (end + b"," + begin).join([b"%d" % number for number in range(len(alike.pieces))])
    return b'{"took":0,"errors":false,"items":[%b%b%b]}' % (begin, answers, end)


def _json(value: Any, *, status: int = 200, accept: str = "") -> web.Response:
    return _answer(orjson.dumps(value), status=status, accept=accept)


def _answer(body: bytes, *, status: int = 200, accept: str = "") -> web.Response:
    kind = COMPATIBLE if accept.startswith("application/vnd.elasticsearch+") else "application/json"
    return web.Response(status=status, body=body, content_type=kind, headers=PRODUCT)


def _failed(status: int, kind: str, reason: str, retry_seconds: int = 5) -> web.Response:
    cause = {"type": kind, "reason": reason}
    response = _json({"error": {"root_cause": [cause], **cause}, "status": status}, status=status)
    if status in (429, 503):
        response.headers["Retry-After"] = str(retry_seconds)
    return response


async def _about(request: web.Request, sender: Sender) -> web.Response:
    return _json(
        {
            "name": "yui",
            "cluster_name": "yui",
            "cluster_uuid": "yui",
            "version": {
                "number": VERSION,
                "build_flavor": "default",
                "build_type": "yui",
                "lucene_version": "9.12.0",
                "minimum_wire_compatibility_version": "7.17.0",
                "minimum_index_compatibility_version": "7.0.0",
            },
            "tagline": "結 Yui receives logs here",
        }
    )


async def _cat_health(request: web.Request, sender: Sender) -> web.Response:
    return web.Response(text="yui green 1 1\n", headers=PRODUCT)


async def _cluster_health(request: web.Request, sender: Sender) -> web.Response:
    return _json({"cluster_name": "yui", "status": "green", "timed_out": False, "number_of_nodes": 1})


async def _license(request: web.Request, sender: Sender) -> web.Response:
    return _json({"license": {"status": "active", "type": "basic", "uid": "yui"}})
