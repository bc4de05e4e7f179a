"""Shows in an event's values what a rule looked for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

_PIECES = re.compile(r"(?<!\\)[*?]")
_ESCAPED = re.compile(r"\\([*?\\])")
_WRITTEN_OUT = frozenset({"equals", "contains", "startswith", "endswith", "wildcard"})
"""Modifiers whose literal stands in the value as written; of all others the whole value is the match."""


class Segment(NamedTuple):
    """A piece of a value; ``hit`` where it is what the rule looked for."""

    text: str
    hit: bool


class ShownField(NamedTuple):
    """One field of an event as a page shows it."""

    name: str
    segments: tuple[Segment, ...]
    matched: bool


def shown_fields(event: Mapping[str, Any], matched: Sequence[Mapping[str, Any]]) -> list[ShownField]:
    """Return an event's fields, those that matched first, with the literals marked.

    Args:
        event: name to value.
        matched: ``{"field", "value", "literal", "modifier"}`` each; a field that the event lacks is shown
            with the value that the match names.
    """
    literals: dict[str, list[tuple[str, str]]] = {}
    values: dict[str, Any] = {}
    for each in matched:
        name = str(each.get("field", ""))
        literals.setdefault(name.casefold(), []).append(
            (str(each.get("literal", "")), str(each.get("modifier", "")))
        )
        values.setdefault(name, each.get("value"))
    folded = {name.casefold() for name in event}
    whole = {name: value for name, value in values.items() if name.casefold() not in folded}
    shown = [
        ShownField(
            name, segments(text_of(value), literals.get(name.casefold(), ())), name.casefold() in literals
        )
        for name, value in {**whole, **event}.items()
    ]
    return sorted(shown, key=lambda each: not each.matched)


def text_of(value: Any) -> str:
    """Return a value as people read it; the members of a list stand on lines of their own."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "\n".join(text_of(item) for item in value) if isinstance(value, list | tuple) else str(value)


def segments(text: str, literals: Iterable[tuple[str, str]]) -> tuple[Segment, ...]:
    """Return ``text`` cut at the places where a literal begins or ends; upper and lower case are the same."""
    if not text:
        return ()
    hits = bytearray(len(text))
    for literal, modifier in literals:
        if modifier.split("|")[0] not in _WRITTEN_OUT:
            hits[:] = b"\1" * len(text)
            continue
        for piece in _PIECES.split(literal):
            _mark(hits, text, _ESCAPED.sub(r"\1", piece))
    return tuple(_runs(text, hits))


def _mark(hits: bytearray, text: str, piece: str) -> None:
    """Mark every occurrence of a piece."""
    haystack, needle = _folded(text), _folded(piece)
    start = haystack.find(needle) if needle else -1
    while start >= 0:
        hits[start : start + len(needle)] = b"\1" * len(needle)
        start = haystack.find(needle, start + len(needle))


def _folded(text: str) -> str:
    """Return ``text`` without upper case, character by character, so that places stay where they are."""
    folded = text.lower()
    return (
        folded if len(folded) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    )


def _runs(text: str, hits: bytearray) -> Iterable[Segment]:
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or hits[position] != hits[start]:
            yield Segment(text[start:position], bool(hits[start]))
            start = position
