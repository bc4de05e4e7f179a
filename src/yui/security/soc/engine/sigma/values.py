"""What the values of an event count as when a rule looks at them.

Texts stay texts; numbers, booleans and everything else are read as the text a person would write (Sigma
compares ``EventID: 1`` and ``"1"``, ``Initiated: 'true'`` and ``true`` alike). A whole number is written
without a fraction whatever type carried it. A list stands for each of its members.
"""

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson

MAX_LIST_DEPTH = 8


class Absent:
    """Stands for a field that an event does not carry, which is not the same as one without value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ABSENT"

    def __reduce__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


def text_of(value: Any) -> str | None:
    """Return the text that a single value counts as; None where there is no value."""
    if value.__class__ is str:
        return value
    if value is None or value is ABSENT:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _digits(value)
    if isinstance(value, float):
        return _digits(int(value)) if math.isfinite(value) and value.is_integer() else repr(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, datetime):
        return value.isoformat()
    try:
        return orjson.dumps(value).decode()
    except (TypeError, ValueError, RecursionError):
        return str(value)


def _digits(number: int) -> str:
    """Return a whole number in digits; Python refuses to write very long ones in decimal."""
    return str(number) if number.bit_length() < 4096 else hex(number)


def members(value: Any, depth: int = 0) -> Iterator[Any]:
    """Yield the single values that a value stands for: the members of a list, else itself."""
    if isinstance(value, list | tuple) and depth < MAX_LIST_DEPTH:
        for item in value:
            yield from members(item, depth + 1)
    else:
        yield value


def texts_of(value: Any) -> list[str]:
    """Return the texts that a field's value stands for; none where it has no value."""
    return [text for member in members(value) if (text := text_of(member)) is not None]


def is_empty(value: Any) -> bool:
    """Tell whether a field counts as null: absent, without value, an empty text, or only such members."""
    return not any(texts_of(value))


def sound(text: str) -> str:
    """Return a text that can be written as UTF-8: halves of surrogate pairs become question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def number_of(text: str) -> float | None:
    """Return the number that a text writes in decimal; None where it writes none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in text else None


def moment_of(text: str) -> datetime | None:
    """Return the moment in UTC that a text names: ISO 8601, or a number since 1970 by its size (s, ms, µs,
    ns).
    """
    number = number_of(text)
    try:
        if number is not None:
            for limit, unit in ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9)):
                if abs(number) < limit:
                    return datetime.fromtimestamp(number / unit, UTC)
            return None
        moment = datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError, OSError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
