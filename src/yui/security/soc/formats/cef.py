"""ArcSight CEF and QRadar LEEF, which firewalls and antivirus write into syslog.

Sources: Micro Focus, "ArcSight Common Event Format" version 25 (header, escapes, extension); IBM, "Log
Event Extended Format (LEEF)" versions 1 and 2 (delimiters).
"""

import re
from typing import Any

from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.formats.flattening import put, with_clean_names
from yui.security.soc.formats.times import time_of

_HEADER_FIELD = re.compile(r"((?:[^|\\]|\\.)*)\|", re.DOTALL)
_EXTENSION_KEY = re.compile(r"(?:^|(?<=\s))([A-Za-z_][\w.\[\]-]{0,127})=")
_UNESCAPED = re.compile(r"\\([\\|=nr])")
_LETTERS = {"n": "\n", "r": "\r"}
_PRODUCTS = {
    "fortinet": "fortigate",
    "palo alto networks": "paloalto",
    "check point": "checkpoint",
    "cisco": "cisco",
    "juniper": "juniper",
    "microsoft": "windows",
}
_TIMES = ("rt", "end", "start", "devTime", "deviceReceiptTime")


def cef_record(text: str, place: str) -> LogRecord | None:
    """The record of a CEF or LEEF message, None if it is none.

    The header becomes ``DeviceVendor``, ``DeviceProduct``, ``DeviceVersion``, ``DeviceEventClassID``,
    ``Name`` and ``Severity``; extension keys stay as they are, and a custom value also takes the name that
    its label gives."""
    if text.startswith("CEF:"):
        fields = _cef(text)
    elif text.startswith("LEEF:"):
        fields = _leef(text)
    else:
        return None
    if fields is None:
        return None
    time = None
    for name in _TIMES:
        time = time_of(_time_text(fields.get(name)))
        if time is not None:
            break
    product = _PRODUCTS.get(str(fields["DeviceVendor"]).lower(), str(fields["DeviceVendor"]).lower())
    if product == "windows":
        # An event that Microsoft's products send as CEF lacks the fields that Windows rules need.
        product = "microsoft"
    return LogRecord(LogSource(product), time, with_clean_names(fields), text, place)


def _time_text(value: Any) -> Any:
    return value.strip() if value.__class__ is str else value


def _header(text: str, count: int) -> tuple[list[str], int] | None:
    values = []
    position = 0
    for _ in range(count):
        match = _HEADER_FIELD.match(text, position)
        if not match:
            return None
        values.append(_plain(match[1]))
        position = match.end()
    return values, position


def _plain(text: str) -> str:
    return _UNESCAPED.sub(lambda found: _LETTERS.get(found[1], found[1]), text) if "\\" in text else text


def _cef(text: str) -> dict[str, Any] | None:
    head = _header(text, 7)
    if head is None:
        return None
    values, position = head
    names = ("DeviceVendor", "DeviceProduct", "DeviceVersion", "DeviceEventClassID", "Name", "Severity")
    fields: dict[str, Any] = dict(zip(names, values[1:], strict=True))
    extension = text[position:]
    keys = list(_EXTENSION_KEY.finditer(extension))
    ends = [*(key.start() for key in keys[1:]), len(extension)]
    for key, end in zip(keys, ends, strict=False):
        put(fields, key[1], _plain(extension[key.end() : end].strip()))
    for name in [name for name in fields if name.endswith("Label")]:
        value, label = fields.get(name[:-5]), fields[name]
        if value is not None and label.__class__ is str and label:
            put(fields, label, value)
    return fields


def _leef(text: str) -> dict[str, Any] | None:
    second = text.startswith("LEEF:2")
    head = _header(text, 6 if second else 5)
    if head is None and second:
        second, head = False, _header(text, 5)
    if head is None:
        return None
    values, position = head
    names = ("DeviceVendor", "DeviceProduct", "DeviceVersion", "DeviceEventClassID")
    fields: dict[str, Any] = dict(zip(names, values[1:5], strict=True))
    delimiter = _delimiter(values[5]) if second else "\t"
    for pair in text[position:].split(delimiter):
        name, found, value = pair.partition("=")
        if found and name.strip():
            put(fields, name.strip(), value)
    return fields


def _delimiter(text: str) -> str:
    if not text:
        return "\t"
    digits = text.lower().removeprefix("0x").removeprefix("x")
    if len(text) > 1:
        try:
            return chr(int(digits, 16))
        except (ValueError, OverflowError):
            return "\t"
    return text
