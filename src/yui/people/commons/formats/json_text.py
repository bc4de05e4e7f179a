"""Bytes of a JSON file to values: strict and fast first, lenient where a writer breaks the rules."""

import json
from collections.abc import Mapping
from typing import Any

import orjson

from yui.kernel.writing.characters import neutralised
from yui.people.commons.formats.export_files import FileRefused
from yui.people.commons.formats.imported import Reason

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def json_value(content: bytes) -> Any:
    """Return the value that a file holds: UTF-8, or by its mark UTF-16, or CP932 where every byte fits it.

    Half characters (``\\ud800`` alone) become U+FFFD: no database takes them.

    Raises:
        FileRefused: where it is no JSON, nested too deeply, or in no known encoding.
    """
    try:
        return orjson.loads(content)
    except ValueError:
        text = _decoded(content)
    try:
        return _without_surrogates(json.loads(text, strict=False))
    except RecursionError:
        raise FileRefused(Reason.TOO_DEEP) from None
    except ValueError:
        raise FileRefused(Reason.NOT_JSON) from None


def _decoded(content: bytes) -> str:
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    for name in (marked,) if marked else ("utf-8", "cp932"):
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    raise FileRefused(Reason.ENCODING)


def _without_surrogates(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [_without_surrogates(one) for one in value]
        case dict():
            return {_without_surrogates(key): _without_surrogates(one) for key, one in value.items()}
    return value


def text_of(record: Mapping[str, Any], *names: str, longest: int = 200) -> str:
    """Return the first of the named fields that is a text with something in it, on one line; else nothing."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and (words := _line(value[: longest * 4])):
            return words[:longest]
    return ""


def _line(text: str) -> str:
    return " ".join(neutralised(text).split())


def mapping_of(value: Any) -> Mapping[str, Any]:
    """Return a JSON object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    """Return a JSON array; an empty one for anything else."""
    return value if isinstance(value, list) else []
