"""The values of a column to an Arrow array of text, exactly or not at all."""

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from yui.security.soc.event_store.dataset import LIST_MARK
from yui.security.soc.event_store.layouts import NOTHING, REAL, TEXT, TRUTH, WHOLE

if TYPE_CHECKING:
    import pyarrow as pa

MOST_BITS = 4096


def text_array(kind: str, values: Sequence[Any]) -> "pa.Array | None":
    """Return values of one type as an array of text, ``None`` where one of them cannot be told exactly.

    Args:
        kind: the letter of their type (``layouts``).
    """
    # Heavy: most processes never come here.
    import pyarrow as pa

    if kind == NOTHING:
        return pa.nulls(len(values), pa.string())
    if kind == WHOLE:
        return _whole_numbers(values)
    if kind == TRUTH:
        return pa.array(values, pa.bool_()).cast(pa.string())
    if kind == REAL:
        return pa.array(list(map(_real, values)), pa.string())
    told = values if kind == TEXT else _joined_lists(values)
    try:
        return None if told is None else _texts(told)
    except UnicodeEncodeError:
        # Half of a surrogate pair cannot be written as UTF-8.
        return None


def safe_texts(values: Sequence[str | None]) -> "pa.Array":
    """Return texts as an array; what is no Unicode is written with its code in place of it."""
    try:
        return _texts(values)
    except UnicodeEncodeError:
        return _texts([None if v is None else v.encode("utf-8", "backslashreplace").decode() for v in values])


def _texts(values: Sequence[str | None]) -> "pa.Array":
    # Heavy: most processes never come here.
    import pyarrow as pa

    if _is_constant(values) and values[0] is not None:
        return pa.repeat(values[0], len(values))
    return pa.array(values, pa.string())


def _whole_numbers(values: Sequence[int]) -> "pa.Array | None":
    # Heavy: most processes never come here.
    import pyarrow as pa

    if values[0].bit_length() < MOST_BITS and _is_constant(values):
        return pa.repeat(str(values[0]), len(values))
    try:
        return pa.array(values, pa.int64()).cast(pa.string())
    except OverflowError:
        is_short = max(map(int.bit_length, values)) < MOST_BITS
        return pa.array(list(map(str, values)), pa.string()) if is_short else None


def _is_constant(values: Sequence[Any]) -> bool:
    """Tell whether all values are the same, as in half of the columns of one kind of event."""
    return len(values) > 1 and values[0] == values[-1] and values.count(values[0]) == len(values)


def _real(value: float) -> str:
    """Return a number as Sigma compares it, without ``.0``, and so that it can be read back exactly."""
    text = repr(value)
    return str(int(value)) if isfinite(value) and value.is_integer() and text != "-0.0" else text


def _joined_lists(values: Sequence[list[Any]]) -> list[str] | None:
    """Return lists of texts with a mark around each member; ``None`` where a member is no plain text."""
    joined: list[str] = []
    for value in values:
        if not all(type(member) is str and LIST_MARK not in member for member in value):
            return None
        joined.append(LIST_MARK.join(["", *value, ""]) if value else LIST_MARK)
    return joined
