"""Reads JSON so that no amount changes: numbers stay the text that they are, and nothing doubtful passes."""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from yui.kernel.exchange.formats.limits import DEFAULT_LIMITS, Limits
from yui.transition.costs.formats.providers.errors import JsonRefused, JsonTooLarge

LARGEST_DOCUMENT = 64 << 20
DEEPEST = 32
GZIP_MAGIC = b"\x1f\x8b"
_SPACE = " \t\r\n\ufeff"


class _Doubtful(ValueError):
    """Something that JSON allows or Python tolerates, and a bill never says."""


def is_json(path: Path) -> bool:
    """Tell whether a file in UTF-8, perhaps gzipped, begins like JSON."""
    with path.open("rb") as file:
        head = file.read(64)
    if head.startswith(GZIP_MAGIC):
        with suppress(OSError, EOFError, zlib.error), gzip.open(path) as unpacked:
            head = unpacked.read(64)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def json_lines(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[tuple[int, Any]]:
    """Yield the number of each line that is not blank, and its value or the ``JsonRefused`` it raised."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(limits.record_characters + 1):
            number += 1
            if len(line) > limits.record_characters:
                raise JsonRefused(number, _("行が長すぎます"))
            if not line.strip(b" \t\r\n\xef\xbb\xbf"):
                continue
            try:
                yield number, strict_value(line.decode("utf-8-sig"), number)
            except UnicodeDecodeError:
                yield number, JsonRefused(number, _("UTF-8 ではありません"))
            except JsonRefused as refused:
                yield number, refused


def documents(path: Path) -> list[Any]:
    """Return the JSON documents of a file, one after the other; the elements of an outer list are documents.

    Raises:
        JsonRefused, JsonTooLarge: naming the line.
    """
    if path.stat().st_size > LARGEST_DOCUMENT:
        raise JsonTooLarge(LARGEST_DOCUMENT)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise JsonRefused(1, _("UTF-8 ではありません")) from error
    found: list[Any] = []
    position = 0
    while (position := _next(text, position)) < len(text):
        line = text.count("\n", 0, position) + 1
        value, position = _decoded(text, position, line)
        found += value if isinstance(value, list) else [value]
    return found


def strict_value(text: str, line: int) -> Any:
    """Return the one JSON value that ``text`` is; every number is the text that it was written as.

    Raises:
        JsonRefused: for damaged JSON, NaN and Infinity, a name twice in one object, and too deep nesting.
    """
    value, end = _decoded(text, _next(text, 0), line)
    if _next(text, end) < len(text):
        raise JsonRefused(line, _("余分な文字があります"))
    return value


def flat(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str | None]]:
    """Yield name and text of all that is inside: ``{"a": {"b": 1}}`` is ``a.b``, a list stays JSON."""
    for name, inner in value.items():
        if isinstance(inner, Mapping):
            yield from flat(inner, f"{before}{name}.")
        elif isinstance(inner, list):
            yield before + name, json.dumps(inner, ensure_ascii=False)
        elif isinstance(inner, bool):
            yield before + name, "true" if inner else "false"
        else:
            yield before + name, inner


def _next(text: str, position: int) -> int:
    while position < len(text) and text[position] in _SPACE:
        position += 1
    return position


def _decoded(text: str, position: int, line: int) -> tuple[Any, int]:
    try:
        value, end = _DECODER.raw_decode(text, position)
    except RecursionError as error:
        raise JsonRefused(line, _("入れ子が深すぎます")) from error
    except _Doubtful as error:
        raise JsonRefused(line, str(error)) from error
    except json.JSONDecodeError as error:
        raise JsonRefused(line + error.lineno - 1, _("途中で切れているか、壊れています")) from error
    if _depth(value) > DEEPEST:
        raise JsonRefused(line, _("入れ子が深すぎます"))
    return value, end


def _depth(value: Any) -> int:
    """Return how deep lists and objects are nested, counting no further than is allowed."""
    depth, level = 0, [value]
    while level and depth <= DEEPEST:
        inner: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                inner += each.values()
            elif isinstance(each, list):
                inner += each
        level = [each for each in inner if isinstance(each, dict | list)]
        depth += 1
    return depth


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Doubtful(_("同じ名前が二度あります: {name}").format(name=twice))
    return found


def _no_such_number(text: str) -> NoReturn:
    raise _Doubtful(_("{text} は金額になりません").format(text=text))


_DECODER = json.JSONDecoder(
    parse_float=str, parse_int=str, parse_constant=_no_such_number, object_pairs_hook=_each_name_once
)
