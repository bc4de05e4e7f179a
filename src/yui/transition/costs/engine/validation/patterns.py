"""The text formats of the specification's attributes, as regular expressions of RE2.

Sections: DateTimeFormat, NumericFormat, CurrencyFormat, UnitFormat and ColumnHandling of FOCUS.
"""

DATE_TIME = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z"
"""ISO 8601 in UTC with ``T``, two-digit parts and ``Z``."""

NUMERIC = r"-?(\d+(\.\d*)?|\.\d+)([eE]-?\d+)?"
"""Integer, decimal or E notation; no plus sign, no separators, no unit."""

NATIONAL_CURRENCY = r"[A-Za-z]{3}"
"""A text that claims to be an ISO 4217 code, whatever its case."""

_COUNTED = r"[A-Za-z][A-Za-z0-9]*( [A-Za-z][A-Za-z0-9]*)*"
_PERIOD = "(Year|Month|Day|Hour|Minute|Second)"
UNIT = "|".join(
    (
        rf"([1-9]\d* )?{_COUNTED}",
        rf"{_COUNTED}-{_PERIOD}s",
        rf"{_COUNTED}/{_PERIOD}",
        rf"{_COUNTED}/[1-9]\d* {_PERIOD}s",
    )
)
"""A unit, a unit over time, a rate; a quantity or an interval is a whole number."""

PASCAL_CASE = r"[A-Z][A-Za-z0-9]*"
ALPHANUMERIC = r"[A-Za-z0-9]+"
CUSTOM_PREFIX = "x_"
LOST_CHARACTER = "\ufffd"
"""What a program writes where it could not decode a character."""

PLACEHOLDERS = ("not applicable", "n/a", "#n/a", "none", "null", "undefined", "nan", "-", "--")
"""Texts that stand for nothing; NullHandling asks for NULL instead."""
