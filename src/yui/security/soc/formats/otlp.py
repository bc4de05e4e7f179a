"""OpenTelemetry logs over OTLP/HTTP, protobuf and JSON.

Source: OpenTelemetry Protocol 1.x, ``opentelemetry/proto/collector/logs/v1/logs_service.proto`` and
``logs/v1/logs.proto``; JSON encoding: "OTLP/HTTP JSON Protobuf Encoding" (lower camel case, hexadecimal ids).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

import orjson
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

from yui.security.soc.engine.records import LogRecord, LogSource, Rejected
from yui.security.soc.formats.flattening import TooDeep, TooManyFields, flattened, with_clean_names
from yui.security.soc.formats.json_text import JsonTooDeep, NotJson, json_value
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.lines import record_of_line
from yui.security.soc.formats.objects import record_of_object
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.text import text_of
from yui.security.soc.formats.times import TOKYO, time_of

_UNTYPED = LogSource()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One log record with what is said once for many: its resource and scope."""

    resource: dict[str, Any]
    scope: str
    time: Any
    severity_number: int
    severity_text: str
    body: Any
    attributes: dict[str, Any]
    trace: str
    span: str
    event_name: str


def _varint(number: int) -> bytes:
    parts = bytearray()
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    parts.append(number)
    return bytes(parts)


def _field(number: int, content: bytes) -> bytes:
    """A length-delimited field of protobuf."""
    return bytes([number << 3 | 2]) + _varint(len(content)) + content


def split_protobuf(body: bytes, *, limits: ReadLimits = DEFAULT_LIMITS) -> Iterator[bytes | Rejected]:
    """A request of many log records to requests of one, each with its resource and scope."""
    request = ExportLogsServiceRequest()
    try:
        request.ParseFromString(body)
    except (DecodeError, RecursionError, ValueError) as error:
        yield rejected("#1", "bad_otlp", body, why=error)
        return
    number = 0
    for group in request.resource_logs:
        resource = _field(1, group.resource.SerializeToString())
        for scope_logs in group.scope_logs:
            scope = _field(1, scope_logs.scope.SerializeToString())
            for log in scope_logs.log_records:
                number += 1
                content = log.SerializeToString()
                if len(content) > limits.record_bytes:
                    yield rejected(f"#{number}", "too_long", content, limit=limits.record_bytes)
                else:
                    yield _field(1, resource + _field(2, scope + _field(2, content)))


def split_json(body: bytes, *, limits: ReadLimits = DEFAULT_LIMITS) -> Iterator[bytes | Rejected]:
    """As ``split_protobuf``, for the JSON encoding."""
    try:
        request = json_value(text_of(body))
    except JsonTooDeep:
        yield rejected("#1", "too_deep", body, limit=limits.nesting)
        return
    except NotJson as error:
        yield rejected("#1", "not_json", body, why=error)
        return
    if type(request) is not dict or type(request.get("resourceLogs", [])) is not list:
        yield rejected("#1", "bad_otlp", body, why="resourceLogs")
        return
    number = 0
    for group in _objects(request, "resourceLogs"):
        for scope_logs in _objects(group, "scopeLogs"):
            for log in _objects(scope_logs, "logRecords"):
                number += 1
                entry = orjson.dumps(
                    {
                        "resourceLogs": [
                            {
                                "resource": group.get("resource"),
                                "scopeLogs": [{"scope": scope_logs.get("scope"), "logRecords": [log]}],
                            }
                        ]
                    }
                )
                if len(entry) > limits.record_bytes:
                    yield rejected(f"#{number}", "too_long", entry, limit=limits.record_bytes)
                else:
                    yield entry


def _objects(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = value.get(name)
    return [one for one in found if type(one) is dict] if type(found) is list else []


def protobuf_record(
    raw: bytes,
    place: str,
    received: int | None = None,
    zone: tzinfo = TOKYO,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> LogRecord | Rejected:
    """The record of a protobuf request that holds one log record; ``raw`` is JSON of the same content."""
    request = ExportLogsServiceRequest()
    try:
        request.ParseFromString(raw)
        group = request.resource_logs[0]
        scope_logs = group.scope_logs[0]
        log = scope_logs.log_records[0]
        entry = _Entry(
            _pairs(group.resource.attributes, limits.nesting),
            scope_logs.scope.name,
            log.time_unix_nano or log.observed_time_unix_nano,
            log.severity_number,
            log.severity_text,
            _any_value(log.body, limits.nesting),
            _pairs(log.attributes, limits.nesting),
            log.trace_id.hex(),
            log.span_id.hex(),
            log.event_name,
        )
    except TooDeep:
        return rejected(place, "too_deep", raw, limit=limits.nesting)
    except (DecodeError, IndexError, RecursionError, ValueError) as error:
        return rejected(place, "bad_otlp", raw, why=error)
    return _record(entry, place, received, zone, limits)


def _any_value(value: Any, depth: int) -> Any:
    if depth <= 0:
        raise TooDeep
    kind = value.WhichOneof("value")
    if kind is None:
        return None
    content = getattr(value, kind)
    if kind == "kvlist_value":
        return _pairs(content.values, depth - 1)
    if kind == "array_value":
        return [_any_value(one, depth - 1) for one in content.values]
    return content.hex() if kind == "bytes_value" else content


def _pairs(attributes: Any, depth: int) -> dict[str, Any]:
    return {pair.key: _any_value(pair.value, depth) for pair in attributes}


def json_record(
    raw: bytes,
    place: str,
    received: int | None = None,
    zone: tzinfo = TOKYO,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> LogRecord | Rejected:
    """The record of a JSON request that holds one log record."""
    try:
        group = json_value(text_of(raw))["resourceLogs"][0]
        scope_logs = group["scopeLogs"][0]
        log = scope_logs["logRecords"][0]
        entry = _Entry(
            _json_pairs((group.get("resource") or {}).get("attributes"), limits.nesting),
            str((scope_logs.get("scope") or {}).get("name") or ""),
            _nanoseconds(log.get("timeUnixNano")) or _nanoseconds(log.get("observedTimeUnixNano")),
            log["severityNumber"] if type(log.get("severityNumber")) is int else 0,
            str(log.get("severityText") or ""),
            _json_value(log.get("body"), limits.nesting),
            _json_pairs(log.get("attributes"), limits.nesting),
            str(log.get("traceId") or "").lower(),
            str(log.get("spanId") or "").lower(),
            str(log.get("eventName") or ""),
        )
    except (TooDeep, JsonTooDeep, RecursionError):
        return rejected(place, "too_deep", raw, limit=limits.nesting)
    except NotJson as error:
        return rejected(place, "not_json", raw, why=error)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        return rejected(place, "bad_otlp", raw, why=f"{type(error).__name__}: {error}")
    return _record(entry, place, received, zone, limits)


def _nanoseconds(value: Any) -> int:
    if type(value) is str and value.isdecimal() and len(value) < 20:
        return int(value)
    return value if type(value) is int else 0


def _json_value(value: Any, depth: int) -> Any:
    """An ``AnyValue`` of the JSON encoding: an object with one key that names its kind."""
    if depth <= 0:
        raise TooDeep
    if type(value) is not dict or not value:
        return None
    kind, content = next(iter(value.items()))
    if kind == "kvlistValue":
        return _json_pairs(content.get("values"), depth - 1)
    if kind == "arrayValue":
        return [_json_value(one, depth - 1) for one in content.get("values") or []]
    if kind == "intValue" and type(content) is str:
        return int(content) if len(content) < 20 else content
    return content


def _json_pairs(attributes: Any, depth: int) -> dict[str, Any]:
    if type(attributes) is not list:
        return {}
    return {str(pair["key"]): _json_value(pair.get("value"), depth) for pair in attributes}


def _record(
    entry: _Entry, place: str, received: int | None, zone: tzinfo, limits: ReadLimits
) -> LogRecord | Rejected:
    """What the body is, with attributes, resource, severity and trace beside it."""
    raw = orjson.dumps(
        {
            "time": entry.time,
            "severity": entry.severity_text or entry.severity_number,
            "body": entry.body,
            "attributes": entry.attributes,
            "resource": entry.resource,
            "scope": entry.scope,
            "traceId": entry.trace,
            "spanId": entry.span,
        },
        default=str,
    ).decode("utf-8", "replace")
    inner = _body_record(entry.body, place, received, zone, limits)
    if isinstance(inner, Rejected):
        return inner
    try:
        fields = dict(inner.fields)
        for name, value in with_clean_names(flattened(entry.attributes, limits)).items():
            fields[name if name not in fields else f"attributes.{name}"] = value
        for name, value in with_clean_names(flattened(entry.resource, limits)).items():
            fields[name if name not in fields else f"resource.{name}"] = value
    except TooDeep:
        return rejected(place, "too_deep", raw, limit=limits.nesting)
    except TooManyFields:
        return rejected(place, "too_many_fields", raw, limit=limits.fields)
    for name, text in (
        ("severity_text", entry.severity_text),
        ("severity_number", entry.severity_number),
        ("trace_id", entry.trace),
        ("span_id", entry.span),
        ("event_name", entry.event_name),
        ("otel.scope.name", entry.scope),
    ):
        if text:
            fields.setdefault(name, text)
    time = time_of(entry.time)
    return LogRecord(inner.source, inner.time if time is None else time, fields, raw, place, inner.identifier)


def _body_record(
    body: Any, place: str, received: int | None, zone: tzinfo, limits: ReadLimits
) -> LogRecord | Rejected:
    if type(body) is dict:
        return record_of_object(body, "", place, limits=limits)
    if type(body) is str and body:
        if body[0] == "{":
            try:
                inner = json_value(body)
            except NotJson:
                inner = None
            if type(inner) is dict:
                return record_of_object(inner, body, place, limits=limits)
        return record_of_line(body, place, received=received, zone=zone, limits=limits)
    return LogRecord(_UNTYPED, None, {} if body is None else {"message": body}, "", place)
