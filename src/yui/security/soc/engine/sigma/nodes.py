"""What a rule says once it is parsed: a tree of AND, OR and NOT over atoms; plain values that JSON can hold.

An atom is the smallest test a rule makes: one operation with one literal on one field (or, for keyword
rules, on any value of the event). Everything that depends on the Sigma language (modifiers, wildcards,
expansion of lists) is gone by then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

MAX_DEPTH = 60


class Op(StrEnum):
    """What an atom does with a value; the value of the word is what an alert shows as the modifier."""

    EQUALS = "equals"
    CONTAINS = "contains"
    STARTSWITH = "startswith"
    ENDSWITH = "endswith"
    WILDCARD = "wildcard"
    REGEX = "re"
    CIDR = "cidr"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    NULL = "null"
    EXISTS = "exists"
    FIELD_EQUALS = "fieldref"
    FIELD_STARTSWITH = "fieldref|startswith"
    FIELD_ENDSWITH = "fieldref|endswith"
    FIELD_CONTAINS = "fieldref|contains"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    # An enumeration hashes by a function in Python; atoms are keys by the ten thousand.
    __hash__ = str.__hash__


COMPARED = frozenset({Op.LT, Op.LTE, Op.GT, Op.GTE})
FIELD_REFERENCES = frozenset({Op.FIELD_EQUALS, Op.FIELD_STARTSWITH, Op.FIELD_ENDSWITH, Op.FIELD_CONTAINS})
TIME_PARTS = frozenset({Op.MINUTE, Op.HOUR, Op.DAY, Op.WEEK, Op.MONTH, Op.YEAR})
TEXT_OPS = frozenset({Op.EQUALS, Op.CONTAINS, Op.STARTSWITH, Op.ENDSWITH, Op.WILDCARD})


class Atom(NamedTuple):
    """One test on one field.

    Attributes:
        field: the case-folded name of the field; None tests every value of the event (keywords).
        op: what is done.
        literal: the text, pattern, network, number, part or other field it is done with; case-folded for
            names of fields and, unless ``cased``, for the operations on text. In a WILDCARD ``*``, ``?`` and
            ``\\`` are escaped by ``\\`` where they stand for themselves; a REGEX begins with its flags
            (``(?i)``).
        cased: whether upper and lower case differ.
        shown: the literal as the rule spells it, for people.
        name: the field as the rule spells it.
    """

    field: str | None
    op: Op
    literal: str
    cased: bool = False
    shown: str = ""
    name: str = ""


def atom(name: str | None, op: Op, literal: str, cased: bool = False, shown: str = "") -> Atom:
    """Return an atom on the field that a rule spells this way."""
    if name is None:
        return Atom(None, op, literal, cased, shown)
    return Atom(name.casefold(), op, literal, cased, shown, name)


@dataclass(frozen=True, slots=True)
class All:
    """True when every item is; with no item, always."""

    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Any_:
    """True when some item is; with no item, never."""

    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """True when the item is not."""

    item: "Node"


Node = Atom | All | Any_ | Not
ALWAYS = All(())
NEVER = Any_(())


class TreeRefused(ValueError):
    """A stored tree has a shape that this version does not write."""


def atoms_of(node: Node) -> list[Atom]:
    """Return every atom of a tree in order, those under NOT too."""
    found: list[Atom] = []
    _gather(node, found)
    return found


def _gather(node: Node, found: list[Atom]) -> None:
    if isinstance(node, Atom):
        found.append(node)
    elif isinstance(node, Not):
        _gather(node.item, found)
    else:
        for item in node.items:
            _gather(item, found)


def map_atoms(node: Node, change: Callable[[Atom], Node]) -> Node:
    """Return the tree with each atom replaced."""
    if isinstance(node, Atom):
        return change(node)
    if isinstance(node, Not):
        return negated(map_atoms(node.item, change))
    items = [map_atoms(item, change) for item in node.items]
    return all_of(items) if isinstance(node, All) else any_of(items)


def all_of(items: list[Node]) -> Node:
    """Return the AND of the items, flat, without what is always true; NEVER when one never is."""
    kept: dict[Node, None] = {}
    for item in items:
        if item == NEVER:
            return NEVER
        for part in item.items if isinstance(item, All) else (item,):
            kept[part] = None
    return next(iter(kept)) if len(kept) == 1 else All(tuple(kept))


def any_of(items: list[Node]) -> Node:
    """Return the OR of the items, flat, without what is never true; ALWAYS when one always is."""
    kept: dict[Node, None] = {}
    for item in items:
        if item == ALWAYS:
            return ALWAYS
        for part in item.items if isinstance(item, Any_) else (item,):
            kept[part] = None
    return next(iter(kept)) if len(kept) == 1 else Any_(tuple(kept))


def negated(item: Node) -> Node:
    """Return the NOT of an item."""
    if item == ALWAYS:
        return NEVER
    if item == NEVER:
        return ALWAYS
    return item.item if isinstance(item, Not) else Not(item)


def as_json(node: Node) -> list[Any]:
    """Return the tree as lists and texts."""
    if isinstance(node, Atom):
        return [
            "atom",
            node.name if node.field is not None else None,
            node.op.value,
            node.literal,
            node.cased,
            node.shown,
        ]
    if isinstance(node, Not):
        return ["not", as_json(node.item)]
    return ["all" if isinstance(node, All) else "any", [as_json(item) for item in node.items]]


def from_json(value: Any, depth: int = 0) -> Node:
    """Return the tree that ``as_json`` wrote.

    Raises:
        TreeRefused: when it is none.
    """
    match value:
        case ["atom", None | str(), str(), str(), bool(), str()]:
            _, name, op, literal, cased, shown = value
            if op not in _OPS:
                raise TreeRefused(f"知らない演算です / unknown operation: {op!r}")
            return atom(name, _OPS[op], literal, cased, shown)
        case ["not", list() as item] if depth < MAX_DEPTH:
            return Not(from_json(item, depth + 1))
        case ["all", list() as items] if depth < MAX_DEPTH:
            return All(tuple(from_json(item, depth + 1) for item in items))
        case ["any", list() as items] if depth < MAX_DEPTH:
            return Any_(tuple(from_json(item, depth + 1) for item in items))
    raise TreeRefused("保存されたルールの木が壊れています / a stored rule tree is broken")


_OPS = {op.value: op for op in Op}
