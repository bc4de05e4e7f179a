"""A condition that every record matching a rule meets, simple enough for a query over stored columns.

It is necessary, not sufficient: what is denied is left out, and so is what cannot be asked of one column. A
reader asks it first and gives what remains to ``detect``.
"""

from typing import NamedTuple

from yui.security.soc.engine.records import LogSource
from yui.security.soc.engine.sigma import wildcards
from yui.security.soc.engine.sigma.nodes import ALWAYS, FIELD_REFERENCES, All, Atom, Node, Not, Op, atoms_of
from yui.security.soc.engine.sigma.regexes import required_literal
from yui.security.soc.engine.sigma.routing import Route, routes_of
from yui.security.soc.engine.sigma.rules import Rule

_AS_IT_IS = {Op.EQUALS, Op.CONTAINS, Op.STARTSWITH, Op.ENDSWITH}


class FieldTest(NamedTuple):
    """One test of one field.

    Attributes:
        field: its case-folded name; field names are compared without regard to case.
        op: ``equals``, ``contains``, ``startswith``, ``endswith`` on the case-folded text of a value (any
            member of a list); ``regex`` (RE2, on the text as it is); ``exists``, the field is there.
        literal: the case-folded text, or the pattern.
    """

    field: str
    op: str
    literal: str


class AnyValueTest(NamedTuple):
    """Some value of the event contains the case-folded text (keyword rules)."""

    literal: str


class SourceTest(NamedTuple):
    """The record's own log source has these parts (empty: any).

    Where not ``strict`` a record that names no product passes too.
    """

    source: LogSource
    strict: bool


class AllOf(NamedTuple):
    """Every item holds; with none, always."""

    items: "tuple[Condition, ...]"


class AnyOf(NamedTuple):
    """Some item holds."""

    items: "tuple[Condition, ...]"


Condition = FieldTest | AnyValueTest | SourceTest | AllOf | AnyOf
NO_CONDITION = AllOf(())


def candidate_conditions(rule: Rule, groups: frozenset[str] = frozenset()) -> Condition:
    """Return a condition that holds for every record that a rule matches, its routes included."""
    return _any([_by_route(rule, route) for route in routes_of(rule.logsource, groups)])


def required_fields(rule: Rule) -> tuple[str, ...]:
    """Return the fields that a rule tests or compares, as it spells them."""
    names = dict.fromkeys(atom.name for atom in atoms_of(rule.tree) if atom.field is not None)
    names |= dict.fromkeys(atom.shown for atom in atoms_of(rule.tree) if atom.op in FIELD_REFERENCES)
    return tuple(names)


def columns_of(rule: Rule, groups: frozenset[str] = frozenset()) -> frozenset[str] | None:
    """Return the case-folded names of all fields on which the result of ``detect`` for a rule depends.

    None for keyword rules, which look at every field.
    """
    atoms = atoms_of(rule.tree)
    if any(atom.field is None for atom in atoms):
        return None
    names = {name.casefold() for name in required_fields(rule)}
    columns = {"channel", "eventid"}
    for route in routes_of(rule.logsource, groups):
        rename = dict(route.rename)
        columns |= {rename.get(name, name) for name in names}
        columns |= {field for field, _ in route.where}
    return frozenset(columns)


def _by_route(rule: Rule, route: Route) -> Condition:
    asked = [
        _any([FieldTest(field, "equals", value) for value in sorted(wanted)]) for field, wanted in route.where
    ]
    return _all([SourceTest(route.source, route.strict), *asked, _needed(rule.tree, dict(route.rename))])


def _needed(node: Node, rename: dict[str, str]) -> Condition:
    if isinstance(node, Atom):
        return _of_atom(node, rename)
    if isinstance(node, Not) or node == ALWAYS:
        return NO_CONDITION
    items = [_needed(item, rename) for item in node.items]
    return _all(items) if isinstance(node, All) else _any(items)


def _of_atom(atom: Atom, rename: dict[str, str]) -> Condition:
    if atom.field is None:
        texts = _texts(atom)
        return _all([AnyValueTest(text) for text in texts])
    field = rename.get(atom.field, atom.field)
    if atom.op is Op.NULL or (atom.op is Op.EXISTS and atom.literal != "true"):
        return NO_CONDITION
    if atom.op in _AS_IT_IS:
        return FieldTest(field, atom.op.value, atom.literal.casefold())
    texts = _texts(atom)
    if texts:
        return _all([FieldTest(field, "contains", text) for text in texts])
    if atom.op is Op.REGEX:
        return FieldTest(field, "regex", atom.literal)
    return FieldTest(field, "exists", "")


def _texts(atom: Atom) -> list[str]:
    """Return case-folded texts that a matching value contains."""
    if atom.op is Op.REGEX:
        return [text for text in [required_literal(atom.literal)] if text]
    if atom.op is Op.WILDCARD:
        return [piece.casefold() for piece in wildcards.pieces(atom.literal)]
    return [atom.literal.casefold()] if atom.op is Op.CONTAINS else []


def _all(items: list[Condition]) -> Condition:
    kept: dict[Condition, None] = {}
    for item in items:
        kept |= dict.fromkeys(item.items if isinstance(item, AllOf) else (item,))
    return next(iter(kept)) if len(kept) == 1 else AllOf(tuple(kept))


def _any(items: list[Condition]) -> Condition:
    kept: dict[Condition, None] = {}
    for item in items:
        if item == NO_CONDITION:
            return NO_CONDITION
        kept |= dict.fromkeys(item.items if isinstance(item, AnyOf) else (item,))
    return next(iter(kept)) if len(kept) == 1 else AnyOf(tuple(kept))
