"""Field values as correlations compare them: text without case, exact numbers."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from yui.security.soc.engine.correlation.rules import Number

LONGEST_TEXT = 1_000
LONGEST_NUMBER = 64
MOST_BITS = 1_024

_WHOLE = re.compile(r"[+-]?[0-9]+")


def field_value(fields: Mapping[str, Any], name: str) -> Any:
    """Return the value of a field; names compare without case (the exact spelling wins), absent is None."""
    value = fields.get(name)
    if value is not None or name in fields:
        return value
    length, wanted = len(name), name.lower()
    same = [key for key in fields if len(key) == length and key.lower() == wanted]
    return fields[min(same)] if same else None


def comparable(value: Any) -> str:
    """Return the text by which two values are the same; empty where there is no value.

    Sigma compares values without case; numbers and booleans compare as their text, and null means absent or
    empty. Text longer than ``LONGEST_TEXT`` characters is cut, so that a hostile value costs no memory.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value[:LONGEST_TEXT].casefold()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if value.bit_length() <= MOST_BITS else hex(value)[:LONGEST_TEXT]
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value.is_integer() else repr(value)
    return json.dumps(value, default=str, ensure_ascii=False)[:LONGEST_TEXT].casefold()


def number(value: Any) -> Number | None:
    """Return an exact number; None for anything that is no finite decimal number of reasonable length."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if value.bit_length() <= MOST_BITS else None
    if isinstance(value, str):
        text = value.strip()
        if len(text) > LONGEST_NUMBER:
            return None
        if _WHOLE.fullmatch(text):
            return int(text)
        return _decimal(text)
    if isinstance(value, float) and math.isfinite(value):
        return _decimal(repr(value))
    return None


def _decimal(text: str) -> Number | None:
    """Return a decimal text as a fraction; the exponent is bounded by what a double can hold."""
    try:
        size = float(text)
    except ValueError:
        return None
    if not math.isfinite(size) or (size == 0 and text.strip("+-0.eE") != "") or "_" in text:
        return None
    exact = Fraction(text)
    return exact.numerator if exact.denominator == 1 else exact


def measured(fields: Mapping[str, Any], names: Sequence[str]) -> str:
    """Return the value that a rule counts, over one or several fields; empty where all are absent."""
    if len(names) == 1:
        return comparable(field_value(fields, names[0]))
    parts = [comparable(field_value(fields, name)) for name in names]
    if not any(parts):
        return ""
    return json.dumps(parts, ensure_ascii=False)


def number_text(value: Number) -> str:
    """Return a number for people: whole, or rounded to six decimals."""
    if isinstance(value, int):
        return str(value)
    return f"{float(value):.6f}".rstrip("0").rstrip(".")
