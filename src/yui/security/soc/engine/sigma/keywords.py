"""Keyword rules: atoms without a field, which look at every value of an event.

Nearly no event holds a keyword, so one pass over the whole event decides first whether any value can: each
keyword gives a fragment that every form of it contains, and the fragments are searched in the event written
as JSON.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import chain
from typing import Any

import numpy as np
import orjson
from ahocorasick_rs import BytesAhoCorasick, MatchKind

from yui.security.soc.engine.sigma import wildcards
from yui.security.soc.engine.sigma.fields import Matchers, Signature
from yui.security.soc.engine.sigma.nodes import Op
from yui.security.soc.engine.sigma.regexes import required_literal

# Characters that JSON writes as they are.
_PLAIN = re.compile(r"[ !#-\[\]-~]+")
SHORTEST_FRAGMENT = 3
_SMALL = 0x20
_LAST_ASCII = 0x7F
# A fragment of these only might be the digits of a number, which JSON and Sigma may write differently.
_NUMERIC = re.compile(r"[-+.0-9einfa]*")


class KeywordMatcher:
    """The keyword atoms of a program.

    Attributes:
        fragments: of which any event holds one that a keyword matches; None where a keyword has none.
        nothing: the signature of an event without any keyword.
    """

    def __init__(self, numbers: frozenset[int], matchers: Matchers) -> None:
        self._matcher = matchers.of(numbers)
        self.nothing = self._matcher.nothing
        atoms = [matchers.numbering.atoms[number] for number in numbers]
        fragments = frozenset(_fragment(atom.op, atom.literal) for atom in atoms)
        self.fragments = fragments if all(fragments) else None
        self._first = _prefilter(fragments)

    def sign(self, fields: Mapping[str, Any]) -> Signature:
        """Return what fired on any value of an event."""
        if self._first is not None:
            try:
                written = orjson.dumps(fields)
                plain, beyond = self._first
                first = plain if written.isascii() else beyond
                if not first.find_matches_as_indexes(written.lower()):
                    return self._matcher.nothing
            except (TypeError, ValueError, RecursionError):
                # What JSON cannot write is looked at value by value.
                return self._exactly(fields)
        return self._exactly(fields)

    def _exactly(self, fields: Mapping[str, Any]) -> Signature:
        matcher = self._matcher
        signs = [
            matcher.memo[value] if value.__class__ is str else matcher.sign_all(value)
            for value in fields.values()
        ]
        fired = [sign for sign in signs if sign.fired]
        if len(fired) < 2:
            return fired[0] if fired else matcher.nothing
        return matcher.signature(frozenset().union(*(sign.fired for sign in fired)))


def lines_with(fragments: frozenset[str], text: bytes) -> set[int]:
    """Return the numbers of the lines of JSON, from 0, that may hold one of some fragments in a value.

    A line that writes characters by their number (``\\u006d``) where they could stand themselves may hold
    any.
    """
    letters = np.frombuffer(text, np.uint8)
    if text.isascii() or not _folding().find_matches_as_indexes(letters[letters > _LAST_ASCII].tobytes()):
        # Setting this bit makes letters small, and a few other characters alike, at a tenth of the cost.
        written = np.bitwise_or(letters, _SMALL).tobytes()
        found = _raw_search(fragments)[0].find_matches_as_indexes(written)
    else:
        found = _raw_search(fragments)[1].find_matches_as_indexes(text.lower())
    lines: set[int] = set()
    line = at = told = 0
    for _, start, end in found:
        if start >= told:
            line += text.count(b"\n", at, start)
            lines.add(line)
            told = text.find(b"\n", start)
            told = len(text) if told < 0 else told
            at = start
        if end > told:
            # With the bit set, a newline may be part of a fragment.
            line += text.count(b"\n", at, end)
            lines.add(line)
            told, at = end, end
    return lines


@lru_cache(maxsize=16)
def _raw_search(fragments: frozenset[str]) -> tuple[Any, Any]:
    """Return the automata for JSON as it came, in ASCII with the bit set, and other in small letters."""
    folding = {f"{ord(one.decode()):04x}"[:2] for one in _folding_to_ascii()}
    escapes = [b"\\u" + high.encode() for high in sorted({"00", *folding})]
    if any("/" in fragment for fragment in fragments):
        escapes.append(b"\\/")
    patterns = [*(fragment.encode() for fragment in sorted(fragments)), *escapes]
    small = [bytes(byte | _SMALL for byte in pattern) for pattern in patterns]
    beyond = [*patterns, *_folding_to_ascii()]
    return (
        BytesAhoCorasick(small, matchkind=MatchKind.LeftmostFirst),
        BytesAhoCorasick(beyond, matchkind=MatchKind.LeftmostFirst),
    )


@lru_cache(maxsize=256)
def _prefilter(fragments: frozenset[str]) -> tuple[Any, Any] | None:
    """Return the automata of fragments for events in ASCII and for others; None where a keyword has none."""
    if not all(fragments):
        return None
    patterns = [fragment.encode() for fragment in sorted(fragments)]
    # Which of them occurs does not matter; this kind stops looking at what cannot begin one (twice as fast).
    plain = BytesAhoCorasick(patterns, matchkind=MatchKind.LeftmostFirst)
    return plain, BytesAhoCorasick([*patterns, *_folding_to_ascii()], matchkind=MatchKind.LeftmostFirst)


@cache
def _folding_to_ascii() -> tuple[bytes, ...]:
    """Return the characters beyond ASCII (K for Kelvin, ſ, ligatures) whose case-folded form holds ASCII
    letters.

    Where one occurs a keyword may be written with it, so the event is looked at exactly.
    """
    beyond = map(chr, chain(range(0x80, 0x2200), range(0xFB00, 0xFB10)))
    return tuple(one.encode() for one in beyond if any(letter.isascii() for letter in one.casefold()))


@cache
def _folding() -> Any:
    return BytesAhoCorasick(list(_folding_to_ascii()), matchkind=MatchKind.LeftmostFirst)


@lru_cache(maxsize=4_096)
def _fragment(op: Op, literal: str) -> str:
    """Return a piece of ASCII in the JSON of every event that a keyword matches; empty if none is sure."""
    if op is Op.REGEX:
        texts = [required_literal(literal)]
    elif op is Op.WILDCARD:
        texts = wildcards.pieces(literal)
    else:
        texts = [literal] if op is Op.CONTAINS else []
    found = [run for text in texts for run in _PLAIN.findall(text.casefold()) if not _NUMERIC.fullmatch(run)]
    best = max(found, key=len, default="")
    return best if len(best) >= SHORTEST_FRAGMENT else ""
