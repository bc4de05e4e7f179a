"""Lines of text to records: each line says by itself what it is, so a file may mix kinds."""

import io
import re
import secrets
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

import orjson

from yui.security.soc.engine.records import LogRecord, LogSource, Rejected
from yui.security.soc.formats.json_text import records_of_json_line
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.objects import record_of_object
from yui.security.soc.formats.payloads import record_of_payload
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.syslog import syslog_record
from yui.security.soc.formats.text import text_of, whole_lines
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
# An object of so few keys may be an envelope around several events.
_ENVELOPE_KEYS = 3


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


class JsonBlock:
    """Lines of JSON read together, each of them one object of more than three keys.

    Attributes:
        objects: what the lines say, in their order.
        text: the lines, joined by newlines.
    """

    __slots__ = ("_first", "_hint", "_limits", "_lines", "_name", "objects", "text")

    def __init__(
        self, objects: list[dict[str, Any]], text: bytes, name: str, first: int, hint: str, limits: ReadLimits
    ) -> None:
        self.objects, self.text = objects, text
        self._name, self._first, self._hint, self._limits = name, first, hint, limits
        self._lines: list[bytes] = []

    def __len__(self) -> int:
        return len(self.objects)

    def item(self, position: int) -> LogRecord | Rejected:
        """The record of one line, or why it is none: just what reading the line alone gives.

        To be asked once of each: the object becomes the record's.
        """
        if not self._lines:
            self._lines = self.text.split(b"\n")
        line, place = self._lines[position], f"{self._name}:{self._first + position}"
        hint, limits = self._hint, self._limits
        if line[:1] == b"{":
            return record_of_object(self.objects[position], line.decode(), place, hint=hint, limits=limits)
        (item,) = _items_of(line, place, TOKYO, hint, limits)
        return item

    def items(self) -> Iterator[LogRecord | Rejected]:
        """The records of all lines."""
        return map(self.item, range(len(self.objects)))


# Between the lines of a block; whoever wrote the lines cannot know it, so no line can pass for two.
_TOKEN = secrets.token_hex(12)
_JOINT = f',"{_TOKEN}",'.encode()


def json_objects(text: bytes) -> list[dict[str, Any]] | None:
    """What the lines of a block say where each is one object of more than three keys, else None.

    One call of the parser for all of them costs a third less than one for each.
    """
    if text[:1] != b"{":
        return None
    joined = text.replace(b"\n", _JOINT)
    try:
        values = orjson.loads(b"[%b]" % joined)
    except ValueError:
        return None
    objects: list[dict[str, Any]] = values[::2]
    joints = (len(joined) - len(text)) // (len(_JOINT) - 1)
    if len(values) != 2 * joints + 1 or values[1::2].count(_TOKEN) != joints:
        return None
    if set(map(type, objects)) != {dict} or min(map(len, objects)) <= _ENVELOPE_KEYS:
        return None
    return objects


def read_line_blocks(
    stream: io.BufferedReader,
    name: str,
    *,
    hint: str = "",
    zone: tzinfo = TOKYO,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> Iterator[LogRecord | Rejected | JsonBlock]:
    """As ``read_lines``, with lines of JSON as blocks whose records are made when somebody asks for them."""
    number = 1
    longest = limits.record_bytes
    for text in whole_lines(stream, longest):
        objects = json_objects(text) if len(text) <= longest else None
        if objects is not None:
            yield JsonBlock(objects, text, name, number, hint, limits)
            number += len(objects)
            continue
        for line in text.split(b"\n"):
            yield from _items_of(line, f"{name}:{number}", zone, hint, limits)
            number += 1


def read_lines(
    stream: io.BufferedReader,
    name: str,
    *,
    hint: str = "",
    zone: tzinfo = TOKYO,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> Iterator[LogRecord | Rejected]:
    """The records of a stream of lines; blank lines are none and are not counted."""
    for item in read_line_blocks(stream, name, hint=hint, zone=zone, limits=limits):
        if isinstance(item, JsonBlock):
            yield from item.items()
        else:
            yield item


def _items_of(
    line: bytes, place: str, zone: tzinfo, hint: str, limits: ReadLimits
) -> Iterator[LogRecord | Rejected]:
    """The records of one line as it lies in a file."""
    if len(line) > limits.record_bytes:
        yield rejected(place, "too_long", line, limit=limits.record_bytes)
        return
    if line[:1] == b"{":
        # The common case, without a detour: one JSON object per line, in UTF-8.
        try:
            text = line.decode()
            obj = orjson.loads(text)
        except ValueError:
            pass
        else:
            if len(obj) > _ENVELOPE_KEYS:
                yield record_of_object(obj, text, place, hint=hint, limits=limits)
                return
    if not line or line.isspace():
        return
    text = text_of(line).strip("\r\x00 \t")
    if text:
        yield from records_of_line(text, place, zone=zone, hint=hint, limits=limits)
