"""Records of the Linux audit daemon.

Source: Linux audit documentation, "Audit Event Parsing" and auditd(8): ``name=value`` pairs, values quoted,
in hexadecimal where they hold blanks or quotes, and after a group separator (0x1D) the enriched upper-case
names."""

import re
from typing import Any

from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.formats.flattening import put, with_clean_names
from yui.security.soc.formats.times import time_of

AUDITD = LogSource("linux", "", "auditd")

_HEAD = re.compile(
    r"(?:node=(\S{1,255}) )?type=(\w{1,64}) msg=audit\((\d{1,12}\.\d{1,9}):(\d{1,20})\): ?", re.ASCII
)
_PAIR = re.compile(r"""(?<![\w-])([\w-]{1,64})=("[^"]*"|'[^']*'|[^\s"']*)""", re.ASCII)
_HEXADECIMAL = re.compile(r"(?:[0-9A-F]{2})+", re.ASCII)
_ENCODED = frozenset(["proctitle", "comm", "exe", "name", "cwd", "cmd", "data", "path", "dir", "key", "acct"])


def audit_record(text: str, place: str) -> LogRecord | None:
    """The record of one audit line, None if it is none."""
    match = _HEAD.match(text)
    if not match:
        return None
    fields: dict[str, Any] = {"type": match[2], "audit_id": match[4]}
    if match[1]:
        fields["hostname"] = match[1]
    _put_pairs(fields, text[match.end() :].replace("\x1d", " "), match[2] == "EXECVE")
    return LogRecord(AUDITD, time_of(float(match[3])), with_clean_names(fields), text, place)


def _put_pairs(fields: dict[str, Any], text: str, arguments: bool) -> None:
    for name, value in _PAIR.findall(text):
        if value[:1] == "'":
            # User-space records carry a second list of pairs in single quotes.
            _put_pairs(fields, value[1:-1], False)
            continue
        if value[:1] == '"':
            value = value[1:-1]
        elif name in _ENCODED or (arguments and name[:1] == "a" and name != "argc"):
            value = _decoded(value)
        put(fields, name, value)


def _decoded(value: str) -> str:
    if not _HEXADECIMAL.fullmatch(value) or len(value) < 4:
        return value
    return bytes.fromhex(value).decode("utf-8", "replace").replace("\x00", " ").strip()
