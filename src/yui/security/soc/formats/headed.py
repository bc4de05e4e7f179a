"""Logs whose lines begin with ``#`` directives that name the columns: Zeek's TSV and W3C (IIS).

Sources: Zeek documentation, "Log Formats and Inspection" (``#separator``, ``#set_separator``,
``#unset_field``, ``#fields``, ``#types``); W3C, "Extended Log File Format" (``#Fields``).
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from yui.security.soc.engine.records import LogRecord, LogSource, Rejected
from yui.security.soc.formats.flattening import with_clean_names
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.objects import zeek_record
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.text import numbered_lines, text_of
from yui.security.soc.formats.times import time_of

_ESCAPED = re.compile(r"\\x([0-9a-fA-F]{2})")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\\x" in text else text


def _number(text: str) -> Any:
    try:
        return int(text) if len(text) < 20 else text
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return text


def _boolean(text: str) -> Any:
    return {"T": True, "F": False}.get(text, text)


_VALUES: dict[str, Callable[[str], Any]] = {
    "time": _number,
    "interval": _number,
    "double": _number,
    "count": _number,
    "int": _number,
    "port": _number,
    "bool": _boolean,
}


@dataclass
class _Zeek:
    """What the directives said last; a file that was joined from several says it again."""

    separator: str = "\t"
    set_separator: str = ","
    empty: str = "(empty)"
    unset: str = "-"
    path: str = ""
    fields: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    def directive(self, text: str) -> None:
        """Take one ``#`` line."""
        if text.startswith("#separator "):
            self.separator = _unescaped(text[11:]) or "\t"
            return
        name, *values = text[1:].split(self.separator)
        first = values[0] if values else ""
        if name == "fields":
            self.fields, self.types = tuple(values), ()
        elif name == "types":
            self.types = tuple(values)
        elif name == "path":
            self.path = first
        elif name == "set_separator":
            self.set_separator = _unescaped(first) or ","
        elif name == "empty_field":
            self.empty = first
        elif name == "unset_field":
            self.unset = first

    def value(self, kind: str, text: str) -> Any:
        """One cell by its declared type."""
        if text == self.unset:
            return None
        if kind.startswith(("set[", "vector[")):
            inner = kind[kind.index("[") + 1 : -1]
            return (
                []
                if text == self.empty
                else [self.value(inner, one) for one in text.split(self.set_separator)]
            )
        if text == self.empty:
            return ""
        convert = _VALUES.get(kind)
        return convert(text) if convert else _unescaped(text)


def read_zeek(
    stream: io.BufferedReader, name: str, *, hint: str = "", limits: ReadLimits = DEFAULT_LIMITS
) -> Iterator[LogRecord | Rejected]:
    """The records of a Zeek log in its own tab-separated format."""
    head = _Zeek()
    for item in numbered_lines(stream, name, limits.record_bytes):
        if isinstance(item, Rejected):
            yield item
            continue
        number, line = item
        text = text_of(line).rstrip("\r")
        if text.startswith("#"):
            head.directive(text)
            continue
        place = f"{name}:{number}"
        cells = text.split(head.separator)
        if len(cells) != len(head.fields) or not head.fields:
            yield rejected(place, "ragged_row", text, why=f"{len(cells)} / {len(head.fields)}")
            continue
        types = head.types if len(head.types) == len(cells) else ("",) * len(cells)
        values = (head.value(kind, cell) for kind, cell in zip(types, cells, strict=True))
        fields = {key: value for key, value in zip(head.fields, values, strict=True) if value is not None}
        yield zeek_record(with_clean_names(fields), text, place, head.path or hint)


IIS = LogSource("windows", "webserver", "iis")


def read_w3c(
    stream: io.BufferedReader, name: str, *, limits: ReadLimits = DEFAULT_LIMITS
) -> Iterator[LogRecord | Rejected]:
    """The records of a W3C extended log, such as IIS writes; its times are UTC."""
    names: list[str] = []
    for item in numbered_lines(stream, name, limits.record_bytes):
        if isinstance(item, Rejected):
            yield item
            continue
        number, line = item
        text = text_of(line).strip()
        if text.startswith("#"):
            if text.lower().startswith("#fields:"):
                names = text[8:].split()
            continue
        place = f"{name}:{number}"
        cells = text.split(" ")
        if len(cells) != len(names) or not names:
            yield rejected(place, "ragged_row", text, why=f"{len(cells)} / {len(names)}")
            continue
        fields: dict[str, Any] = {key: cell for key, cell in zip(names, cells, strict=True) if cell != "-"}
        time = time_of(f"{fields.get('date', '')}T{fields.get('time', '')}")
        if "cs(User-Agent)" in fields:
            fields["cs-user-agent"] = fields["cs(User-Agent)"].replace("+", " ")
        if "cs(Referer)" in fields:
            fields["cs-referer"] = fields["cs(Referer)"]
        yield LogRecord(IIS, time, with_clean_names(fields), text, place)
