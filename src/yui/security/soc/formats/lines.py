"""Lines of text to records: each line says by itself what it is, so a file may mix kinds."""

import io
import re
from collections.abc import Iterator
from datetime import tzinfo

import orjson

from yui.security.soc.engine.records import LogRecord, LogSource, Rejected
from yui.security.soc.formats.json_text import records_of_json_line
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.objects import record_of_object
from yui.security.soc.formats.payloads import record_of_payload
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.syslog import syslog_record
from yui.security.soc.formats.text import line_blocks, text_of
from yui.security.soc.formats.times import TOKYO, time_of
from yui.security.soc.formats.windows_xml import windows_xml_record

_ACCESS = re.compile(
    r'(\S{1,255}) \S+ (\S{1,255}) \[([^\]]{10,40})\] "(?:([A-Z]{1,20}) )?((?:[^"\\]|\\.)*?)(?: HTTP/[\d.]+)?"'
    r" (\d{3}) (\d+|-)"
    r'(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?',
    re.ASCII,
)
_DATED = re.compile(
    r"[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d |\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S* \S+ \S+: ", re.ASCII
)
WEB_SERVER = LogSource("", "webserver")
PLAIN = LogSource()


def records_of_line(
    text: str, place: str, *, zone: tzinfo = TOKYO, hint: str = "", limits: ReadLimits = DEFAULT_LIMITS
) -> Iterator[LogRecord | Rejected]:
    """The records of one line: one, save for JSON that wraps several."""
    if text[:1] == "{" or (text[:1] == "[" and text.lstrip("[ \t")[:1] == "{"):
        yield from records_of_json_line(text, place, hint=hint, limits=limits)
        return
    yield record_of_line(text, place, zone=zone, limits=limits)


def record_of_line(
    text: str,
    place: str,
    *,
    zone: tzinfo = TOKYO,
    received: int | None = None,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> LogRecord | Rejected:
    """The record of one line of text that is not JSON; what no format knows is kept whole as ``message``."""
    letter = text[:1]
    if letter == "<":
        if text.startswith("<Event"):
            return windows_xml_record(text, place)
        return syslog_record(text, place, received, zone, limits)
    inner = record_of_payload(text, place, limits=limits)
    if inner is not None:
        return inner
    if _DATED.match(text):
        return syslog_record(text, place, received, zone, limits)
    access = _ACCESS.match(text)
    if access:
        return _access_record(access, text, place)
    return LogRecord(PLAIN, None, {"message": text}, text, place)


def _access_record(match: re.Match[str], text: str, place: str) -> LogRecord:
    """The Common or Combined Log Format of web servers, under the names of W3C that Sigma uses."""
    path, _, query = match[5].partition("?")
    fields = {
        "c-ip": match[1],
        "cs-username": match[2],
        "cs-method": match[4] or "",
        "cs-uri": match[5],
        "cs-uri-stem": path,
        "cs-uri-query": query or match[5],
        "sc-status": int(match[6]),
        "sc-bytes": int(match[7]) if match[7] != "-" and len(match[7]) < 19 else 0,
        "message": text,
    }
    if match[8] is not None:
        fields["cs-referer"] = match[8]
        fields["cs-user-agent"] = match[9]
    return LogRecord(WEB_SERVER, time_of(match[3]), fields, text, place)


def read_lines(
    stream: io.BufferedReader,
    name: str,
    *,
    hint: str = "",
    zone: tzinfo = TOKYO,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> Iterator[LogRecord | Rejected]:
    """The records of a stream of lines; blank lines are none and are not counted."""
    number = 0
    longest = limits.record_bytes
    for lines in line_blocks(stream, longest):
        for line in lines:
            number += 1
            if len(line) > longest:
                yield rejected(f"{name}:{number}", "too_long", line, limit=longest)
                continue
            if line[:1] == b"{":
                # The common case, without a detour: one JSON object per line, in UTF-8.
                try:
                    text = line.decode()
                    obj = orjson.loads(text)
                except ValueError:
                    pass
                else:
                    if len(obj) > 3:
                        yield record_of_object(obj, text, f"{name}:{number}", hint=hint, limits=limits)
                        continue
            if not line or line.isspace():
                continue
            text = text_of(line).strip("\r\x00 \t")
            if text:
                yield from records_of_line(text, f"{name}:{number}", zone=zone, hint=hint, limits=limits)
