"""Cuts what a sender wrote to a size and a form that any database and page can hold."""

from collections.abc import Mapping, Sequence
from itertools import islice
from math import isfinite
from typing import Any

MOST_FIELDS = 120
MOST_CHARACTERS = 2_000
MOST_ITEMS = 50
LONGEST_NAME = 200
CUT = "…"


def clean_text(text: str, longest: int = MOST_CHARACTERS) -> str:
    """Return ``text`` of at most ``longest`` characters, without what PostgreSQL or UTF-8 refuses.

    NUL and lone surrogates become U+FFFD, so that it stays visible that something stood there.
    """
    if len(text) > longest:
        text = text[: longest - 1] + CUT
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def clean_value(value: Any) -> Any:
    """Return one value of an event as bounded JSON: text, number, boolean, None, or a list of these."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else str(value)
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list | tuple):
        items = [clean_value(item) for item in islice(value, MOST_ITEMS)]
        return [*items, CUT] if len(value) > MOST_ITEMS else items
    return clean_text(str(value))


def excerpt(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return at most ``MOST_FIELDS`` fields of an event; ``…`` tells how many were left out."""
    kept = {
        clean_text(str(name), LONGEST_NAME): clean_value(value)
        for name, value in islice(fields.items(), MOST_FIELDS)
    }
    if len(fields) > MOST_FIELDS:
        kept[CUT] = len(fields) - MOST_FIELDS
    return kept


def matches(matched: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what matched, bounded like an event."""
    return [excerpt(each) for each in islice(matched, MOST_ITEMS)]
