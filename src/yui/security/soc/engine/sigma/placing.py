"""Where an atom on a field costs least: a dictionary, an automaton, or a test of its own."""

from enum import IntEnum
from typing import NamedTuple

from yui.security.soc.engine.sigma import wildcards
from yui.security.soc.engine.sigma.nodes import Atom, Op
from yui.security.soc.engine.sigma.predicates import TextTest, predicate
from yui.security.soc.engine.sigma.regexes import required_literal
from yui.security.soc.engine.sigma.values import sound


class Place(IntEnum):
    """How a matcher of a field looks for an atom.

    CONTAINS, STARTSWITH, ENDSWITH and CHECK hang on a text of the automaton: for the last the atom is tried
    exactly where the text occurs. NOWHERE are questions of presence.
    """

    CONTAINS = 0
    STARTSWITH = 1
    ENDSWITH = 2
    CHECK = 3
    EQUALS = 4
    SHORT = 5
    EXPRESSION = 6
    SINGLY = 7
    NOWHERE = 8


class Placing(NamedTuple):
    """How an atom is looked for.

    Attributes:
        place: where it belongs.
        text: what the dictionary or the automaton knows it by, or the regular expression.
        test: tells exactly; None where text and place do.
    """

    place: Place
    text: str = ""
    test: TextTest | None = None


_SLOTS = {Op.CONTAINS: Place.CONTAINS, Op.STARTSWITH: Place.STARTSWITH, Op.ENDSWITH: Place.ENDSWITH}


def placing_of(atom: Atom) -> Placing:
    """Return where an atom belongs.

    Raises:
        ValueError: see ``predicate``.
    """
    op, literal = atom.op, atom.literal
    if op in (Op.NULL, Op.EXISTS):
        return Placing(Place.NOWHERE)
    if op is Op.EQUALS and not atom.cased:
        return Placing(Place.EQUALS, literal)
    if op in _SLOTS and not atom.cased:
        if op is Op.CONTAINS and len(literal) < 2 and literal.isascii():
            return Placing(Place.SHORT, literal)
        if literal and _writable(literal):
            return Placing(_SLOTS[op], literal)
        return Placing(Place.SINGLY, "", predicate(atom))
    key = _sure_text(atom)
    if len(key) >= 2 and _writable(key):
        return Placing(Place.CHECK, key, predicate(atom))
    if op is Op.REGEX:
        return Placing(Place.EXPRESSION, literal, predicate(atom))
    return Placing(Place.SINGLY, "", predicate(atom))


def _writable(text: str) -> bool:
    """Tell whether a text can be written as UTF-8, as the automaton needs it."""
    return text.isascii() or sound(text) == text


def _sure_text(atom: Atom) -> str:
    """Return a case-folded text without which the atom cannot hold; empty where there is none."""
    if atom.op is Op.REGEX:
        return required_literal(atom.literal)
    if atom.op is Op.WILDCARD:
        return max((piece.casefold() for piece in wildcards.pieces(atom.literal)), key=len, default="")
    if atom.op in (Op.EQUALS, Op.CONTAINS, Op.STARTSWITH, Op.ENDSWITH):
        return atom.literal.casefold()
    return ""
