"""Syslog messages: RFC 5424, RFC 3164 as devices really write it, and what they carry inside."""

import re
from datetime import tzinfo
from typing import Any

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.flattening import put, with_clean_names
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.payloads import record_of_payload
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.syslog_sources import syslog_source
from yui.security.soc.formats.text import text_of
from yui.security.soc.formats.times import TOKYO, time_of, time_of_bsd

_RFC5424 = re.compile(r"<(\d{1,3})>\d{1,2} (\S+) (\S+) (\S+) (\S+) (\S+) ", re.ASCII)
_PRIORITY = re.compile(r"<(\d{1,3})>", re.ASCII)
_BSD_TIME = re.compile(
    r"(?:\d{1,10}: )?[*.]?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)"
    r"(?: (?:[A-Z]{3,5}|\d{4}))?:? ",
    re.ASCII,
)
_ISO_TIME = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?) ", re.ASCII)
_HOST = re.compile(r"([\w.:-]{1,255}) ")
_TAG = re.compile(r"([^\s\[:]{1,128})(?:\[([^\]\s]{1,32})\])?: ?")
_PARAMETER = re.compile(r' ([^ =\]"]{1,128})="((?:[^"\\\]]|\\.)*)"', re.DOTALL)
_ELEMENT = re.compile(r"\[([^ =\]\"]{1,128})")
_UNESCAPED = re.compile(r'\\(["\\\]])')

# fmt: off
FACILITIES = (
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp",
    "cron", "authpriv", "ftp", "ntp", "audit", "alert", "clock", "local0",
    "local1", "local2", "local3", "local4", "local5", "local6", "local7",
)
# fmt: on
SEVERITIES = ("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug")


def parse_syslog(
    line: bytes,
    *,
    place: str = "",
    received: int | None = None,
    zone: tzinfo = TOKYO,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> LogRecord | Rejected:
    """The record of one syslog message.

    A message without a valid header is kept whole as text (RFC 3164, section 4.3.3). JSON, CEF, LEEF, auditd
    and Windows XML in the message are read as such, with the header's words beside theirs.

    Args:
        line: the message without framing.
        received: microseconds of arrival, for the year that RFC 3164 leaves out; None takes the present.
        zone: the zone of time stamps that name none.
    """
    if len(line) > limits.record_bytes:
        return rejected(place, "too_long", line, limit=limits.record_bytes)
    return syslog_record(text_of(line).rstrip("\r\n\x00"), place, received, zone, limits)


def syslog_record(
    text: str, place: str, received: int | None, zone: tzinfo = TOKYO, limits: ReadLimits = DEFAULT_LIMITS
) -> LogRecord | Rejected:
    """As ``parse_syslog``, for text that is decoded already."""
    if not text.strip():
        return rejected(place, "empty", text)
    match = _RFC5424.match(text)
    if match:
        time, fields = _modern(match, text)
    else:
        time, fields = _traditional(text, received, zone)
    fields = with_clean_names(fields)
    message = fields["message"]
    inner = record_of_payload(message, place, limits=limits)
    if inner is not None:
        return _joined(inner, fields, text, time)
    return LogRecord(syslog_source(fields.get("program", ""), message), time, fields, text, place)


def _modern(match: re.Match[str], text: str) -> tuple[int | None, dict[str, Any]]:
    """RFC 5424, section 6."""
    fields: dict[str, Any] = _priority(match[1])
    for name, value in (
        ("hostname", match[3]),
        ("program", match[4]),
        ("pid", match[5]),
        ("msgid", match[6]),
    ):
        if value != "-":
            fields[name] = value
    position = match.end()
    if text.startswith("-", position):
        position += 1
    else:
        position = _structured_data(text, position, fields)
    fields["message"] = text[position:].removeprefix(" ").removeprefix("\ufeff")
    return time_of(match[2]), fields


def _structured_data(text: str, position: int, fields: dict[str, Any]) -> int:
    """Put ``[id name="value" …]…`` into ``fields`` as ``id.name``; the position behind it."""
    while True:
        element = _ELEMENT.match(text, position)
        if not element:
            return position
        end = element.end()
        found: list[tuple[str, str]] = []
        while parameter := _PARAMETER.match(text, end):
            found.append((parameter[1], parameter[2]))
            end = parameter.end()
        if not text.startswith("]", end):
            # Not structured data after all, such as a message that begins with a bracket.
            return position
        for name, value in found:
            put(fields, f"{element[1]}.{name}", _UNESCAPED.sub(r"\1", value) if "\\" in value else value)
        position = end + 1


def _traditional(text: str, received: int | None, zone: tzinfo) -> tuple[int | None, dict[str, Any]]:
    """RFC 3164, section 4, with the liberties that devices take."""
    position = 0
    fields: dict[str, Any] = {}
    match = _PRIORITY.match(text)
    if match:
        fields = _priority(match[1])
        position = match.end()
    time, after = _traditional_time(text, position, received, zone)
    if after == position and not match:
        fields["message"] = text
        return None, fields
    position = after
    if time is not None:
        host = _HOST.match(text, position)
        if host and not host[1].endswith(":") and not text.startswith("%", position):
            fields["hostname"] = host[1]
            position = host.end()
    tag = _TAG.match(text, position)
    if tag and not tag[1].startswith(("{", "<", "CEF", "LEEF", "type=")):
        fields["program"] = tag[1]
        if tag[2]:
            fields["pid"] = tag[2]
        if not tag[1].startswith("%"):
            position = tag.end()
    fields["message"] = text[position:]
    return time, fields


def _traditional_time(text: str, position: int, received: int | None, zone: tzinfo) -> tuple[int | None, int]:
    match = _BSD_TIME.match(text, position)
    if match:
        if match[3]:
            return time_of_bsd(match[1], match[2], match[4], received, zone, int(match[3])), match.end()
        return time_of_bsd(match[1], match[2], match[4], received, zone), match.end()
    match = _ISO_TIME.match(text, position)
    if match:
        return time_of(match[1].replace(",", "."), zone), match.end()
    return None, position


def _priority(number: str) -> dict[str, Any]:
    facility, severity = divmod(int(number), 8)
    if facility >= len(FACILITIES):
        return {}
    return {"facility": FACILITIES[facility], "severity": SEVERITIES[severity]}


def _joined(inner: LogRecord, header: dict[str, Any], text: str, time: int | None) -> LogRecord:
    """The record inside a message, with what the header says under names that it does not use itself."""
    fields = dict(inner.fields)
    for name in ("hostname", "program", "pid", "facility", "severity"):
        if name in header and name not in fields:
            fields[name] = header[name]
    return inner._replace(fields=fields, raw=text, time=inner.time if inner.time is not None else time)
