"""Splunk's HTTP Event Collector: event objects one after another, and raw lines.

Source: Splunk, "Format events for HTTP Event Collector" (metadata keys, ``time`` in seconds as number or
text, events concatenated without a separator) and "HTTP Event Collector endpoints" (``/raw``).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

import orjson

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.flattening import TooDeep, TooManyFields, flattened, with_clean_names
from yui.security.soc.formats.json_text import JsonCutter, JsonTooDeep, NotJson, json_value
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.lines import record_of_line
from yui.security.soc.formats.objects import record_of_object
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.text import text_of
from yui.security.soc.formats.times import TOKYO, time_of

METADATA = ("host", "source", "sourcetype", "index")

_BETWEEN_OBJECTS = re.compile(rb"(?<=\})\s*(?=\{)")


def split_events(body: bytes, *, limits: ReadLimits = DEFAULT_LIMITS) -> Iterator[bytes | Rejected]:
    """The event objects of a request's body, each as it stands there.

    Splunk itself drops what follows an unreadable event; here it is one ``Rejected``.
    """
    entries = _BETWEEN_OBJECTS.split(body.strip())
    if all(map(_is_object, entries)):
        # As all senders write it: every cut between } and { was one between events.
        for number, entry in enumerate(entries, 1):
            yield (
                rejected(f"#{number}", "too_long", entry, limit=limits.record_bytes)
                if (len(entry) > limits.record_bytes)
                else entry
            )
        return
    yield from _cut(body, limits)


def _is_object(entry: bytes) -> bool:
    try:
        return type(orjson.loads(entry)) is dict
    except ValueError:
        return False


def _cut(body: bytes, limits: ReadLimits) -> Iterator[bytes | Rejected]:
    cutter = JsonCutter(limits.record_bytes)
    number = 0
    try:
        for piece in cutter.feed(text_of(body), final=True):
            number += 1
            place = f"#{number}"
            if type(piece.value) is not dict:
                yield rejected(place, "not_an_object", piece.text)
            elif len(piece.text) > limits.record_bytes:
                yield rejected(place, "too_long", piece.text, limit=limits.record_bytes)
            else:
                yield piece.text.encode("utf-8", "replace")
    except JsonTooDeep:
        yield rejected(f"#{number + 1}", "too_deep", cutter.rest, limit=limits.nesting)
    except NotJson as error:
        yield rejected(f"#{number + 1}", "not_json", cutter.rest, why=error)


def raw_entry(line: bytes, metadata: Mapping[str, str]) -> bytes:
    """A line of ``/raw`` as an event object with the metadata of the query (``host``, ``sourcetype``,
    ``time``, …)."""
    event = {name: metadata[name] for name in (*METADATA, "time") if metadata.get(name)}
    return orjson.dumps({**event, "event": text_of(line)})


def split_lines(body: bytes, *, limits: ReadLimits = DEFAULT_LIMITS) -> Iterator[bytes | Rejected]:
    """The lines of a body of ``/raw``; blank ones are none."""
    for number, line in enumerate(body.split(b"\n"), 1):
        stripped = line.rstrip(b"\r")
        if len(stripped) > limits.record_bytes:
            yield rejected(f"#{number}", "too_long", stripped, limit=limits.record_bytes)
        elif stripped.strip():
            yield stripped


def hec_record(
    raw: bytes,
    place: str,
    received: int | None = None,
    zone: tzinfo = TOKYO,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> LogRecord | Rejected:
    """The record of one event object: what its ``event`` is, with the metadata beside it."""
    text = text_of(raw)
    try:
        entry = json_value(text)
    except JsonTooDeep:
        return rejected(place, "too_deep", text, limit=limits.nesting)
    except NotJson as error:
        return rejected(place, "not_json", text, why=error)
    if type(entry) is not dict:
        return rejected(place, "not_an_object", text)
    event = entry.get("event")
    if event is None or event == "":
        return rejected(place, "bad_hec", text, why="event")
    record = _event_record(event, place, received, zone, limits)
    if isinstance(record, Rejected):
        return record
    try:
        fields = _with_metadata(record.fields, entry, limits)
    except (TooDeep, RecursionError):
        return rejected(place, "too_deep", text, limit=limits.nesting)
    except TooManyFields:
        return rejected(place, "too_many_fields", text, limit=limits.fields)
    time = time_of(entry.get("time"))
    return LogRecord(
        record.source, record.time if time is None else time, fields, text, place, record.identifier
    )


def _event_record(
    event: Any, place: str, received: int | None, zone: tzinfo, limits: ReadLimits
) -> LogRecord | Rejected:
    if type(event) is dict:
        return record_of_object(event, "", place, limits=limits)
    line = event if type(event) is str else orjson.dumps(event).decode()
    if line[:1] == "{":
        try:
            inner = json_value(line)
        except NotJson:
            inner = None
        if type(inner) is dict:
            return record_of_object(inner, line, place, limits=limits)
    return record_of_line(line, place, received=received, zone=zone, limits=limits)


def _with_metadata(fields: dict[str, Any], entry: dict[str, Any], limits: ReadLimits) -> dict[str, Any]:
    joined = dict(fields)
    for name in METADATA:
        value = entry.get(name)
        if type(value) is str and name not in joined:
            joined[name] = value
    indexed = entry.get("fields")
    if type(indexed) is dict:
        for name, value in with_clean_names(flattened(indexed, limits)).items():
            joined.setdefault(name, value)
    return joined
