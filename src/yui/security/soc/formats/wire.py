"""What receivers put into the queue, and what becomes of it: one entry, one record."""

from collections.abc import Iterator
from datetime import tzinfo
from enum import StrEnum

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.elastic_bulk import bulk_record, split_bulk
from yui.security.soc.formats.hec import hec_record, split_events, split_lines
from yui.security.soc.formats.json_text import record_of_json
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.lines import record_of_line
from yui.security.soc.formats.otlp import json_record, protobuf_record, split_json, split_protobuf
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.syslog import parse_syslog
from yui.security.soc.formats.text import text_of
from yui.security.soc.formats.times import TOKYO


class WireFormat(StrEnum):
    """How an entry is written."""

    SYSLOG = "syslog"
    HEC_EVENT = "hec_event"
    HEC_RAW = "hec_raw"
    OTLP_PROTOBUF = "otlp_protobuf"
    OTLP_JSON = "otlp_json"
    ELASTIC_BULK = "elastic_bulk"


def split(
    form: WireFormat, body: bytes, *, limits: ReadLimits = DEFAULT_LIMITS
) -> Iterator[bytes | Rejected]:
    """The entries of the unzipped body of one request (for syslog: of one frame), each complete in itself."""
    if form is WireFormat.HEC_EVENT:
        return split_events(body, limits=limits)
    if form is WireFormat.HEC_RAW:
        return split_lines(body, limits=limits)
    if form is WireFormat.OTLP_PROTOBUF:
        return split_protobuf(body, limits=limits)
    if form is WireFormat.OTLP_JSON:
        return split_json(body, limits=limits)
    if form is WireFormat.ELASTIC_BULK:
        return (item.rejected or item.raw for item in split_bulk(body, limits=limits))
    return iter((body,))


def record_of(
    form: WireFormat,
    raw: bytes,
    *,
    place: str = "",
    received: int | None = None,
    zone: tzinfo = TOKYO,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> LogRecord | Rejected:
    """The record of one entry, or why it is none; never raises for what a sender wrote.

    Args:
        raw: an entry as ``split`` gives it.
        place: ``sender#number``, for messages.
        received: microseconds of arrival; it gives the year that RFC 3164 leaves out. The record's time stays
            None where the event tells none.
        zone: the zone of RFC 3164 time stamps.
    """
    if len(raw) > limits.record_bytes * 2:
        return rejected(place, "too_long", raw, limit=limits.record_bytes)
    if form is WireFormat.SYSLOG:
        return parse_syslog(raw, place=place, received=received, zone=zone, limits=limits)
    if form is WireFormat.HEC_EVENT:
        return hec_record(raw, place, received, zone, limits)
    if form is WireFormat.OTLP_PROTOBUF:
        return protobuf_record(raw, place, received, zone, limits)
    if form is WireFormat.OTLP_JSON:
        return json_record(raw, place, received, zone, limits)
    if form is WireFormat.ELASTIC_BULK:
        return bulk_record(raw, place, limits)
    text = text_of(raw).rstrip("\r\n\x00")
    if not text.strip():
        return rejected(place, "empty", text)
    if text.lstrip()[:1] == "{":
        return record_of_json(text, place, limits=limits)
    return record_of_line(text, place, zone=zone, received=received, limits=limits)
