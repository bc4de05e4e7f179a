"""CSV and TSV of logs: delimiter, quotes and encoding told by content, each bad row named."""

import csv
import io
from collections.abc import Iterator

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.objects import record_of_object
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.text import line_blocks

DELIMITERS = ",\t;|"

_WINDOWS_HEADINGS = {
    "Event ID": "EventID",
    "Id": "EventID",
    "イベント ID": "EventID",
    "Date and Time": "TimeCreated",
    "日付と時刻": "TimeCreated",
    "Source": "Provider_Name",
    "ソース": "Provider_Name",
    "ProviderName": "Provider_Name",
    "LogName": "Channel",
    "MachineName": "Computer",
    "RecordId": "EventRecordID",
    "Level": "Level",
    "レベル": "Level",
    "Task Category": "Task",
    "タスクのカテゴリ": "Task",
}
"""Headings of Event Viewer and ``Get-WinEvent | Export-Csv`` in Sigma's words, used where both an event
number and a source stand."""


def delimiter_of(lines: list[str], *, sure: bool) -> str | None:
    """The delimiter of a table that begins with these lines; None where they are none.

    A heading row of at least three names (one, where a file's suffix makes it ``sure``), each there once,
    and rows with as many cells as it has.
    """
    if not lines:
        return None
    for delimiter in sorted(DELIMITERS, key=lambda one: -lines[0].count(one)):
        try:
            rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        if not rows:
            continue
        heading, following = rows[0], rows[1:]
        if len(heading) < (2 if sure else 3):
            continue
        named = all(cell.strip() and not cell.strip().isdigit() and len(cell) < 100 for cell in heading)
        if sure:
            return delimiter
        same = following and all(len(row) == len(heading) for row in following[:10])
        if named and same and len(set(heading)) == len(heading):
            return delimiter
    return "," if sure else None


def encoding_of(head: bytes) -> str:
    """UTF-8 where the head of a file is valid UTF-8 (a character cut at its end aside), else CP932."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return (
            "utf-8" if error.start >= len(head) - 3 and error.reason == "unexpected end of data" else "cp932"
        )
    return "utf-8"


class _Rows:
    """Lines for the csv reader, remembering which were read for the row at hand."""

    def __init__(self, stream: io.BufferedReader, encoding: str, limit: int) -> None:
        self._stream, self._encoding, self._limit = stream, encoding, limit
        self.number = 0
        self.row: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for lines in line_blocks(self._stream, self._limit):
            for line in lines:
                self.number += 1
                text = line.decode(self._encoding, "replace")
                self.row.append(text)
                yield text + "\n"


def read_delimited(
    stream: io.BufferedReader,
    name: str,
    *,
    delimiter: str,
    encoding: str,
    hint: str = "",
    limits: ReadLimits = DEFAULT_LIMITS,
) -> Iterator[LogRecord | Rejected]:
    """The records of a table whose first row names the columns."""
    rows = _Rows(stream, encoding, limits.record_bytes)
    reader = csv.reader(rows, delimiter=delimiter, strict=True)
    heading: list[str] | None = None
    while True:
        first = rows.number + 1
        rows.row.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            text = "\n".join(rows.row)
            yield rejected(_place(name, first, rows.number), "bad_quotes", text, why=error)
            continue
        if not cells or cells == [""]:
            continue
        place = _place(name, first, rows.number)
        if heading is None:
            heading = _heading(cells)
            if len(heading) > limits.fields:
                yield rejected(place, "bad_header", why=f"{len(heading)} > {limits.fields}")
                return
            continue
        raw = "\n".join(rows.row).rstrip("\r\n")
        if len(cells) != len(heading):
            yield rejected(place, "ragged_row", raw, why=f"{len(cells)} / {len(heading)}")
        elif len(raw) > limits.record_bytes:
            yield rejected(place, "too_long", raw, limit=limits.record_bytes)
        else:
            obj = dict(zip(heading, cells, strict=True))
            yield record_of_object(obj, raw, place, hint=hint, limits=limits)


def _place(name: str, first: int, last: int) -> str:
    return f"{name}:{first}" if last <= first else f"{name}:{first}-{last}"


def _heading(cells: list[str]) -> list[str]:
    names = [cell.strip().removeprefix("\ufeff") for cell in cells]
    known = {_WINDOWS_HEADINGS.get(name, name) for name in names}
    if "EventID" in known and known & {"Provider_Name", "Channel", "TimeCreated"}:
        names = [_WINDOWS_HEADINGS.get(name, name) for name in names]
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return unique


def head_lines(head: bytes, encoding: str) -> list[str]:
    """The whole lines of a head, for ``delimiter_of``."""
    lines = (
        io.StringIO(head.decode(encoding, "replace").removeprefix("\ufeff"), newline=None).read().split("\n")
    )
    return [line for line in (lines[:-1] if len(lines) > 1 else lines)[:20] if line]
