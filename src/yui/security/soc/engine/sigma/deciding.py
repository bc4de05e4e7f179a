"""What the kind of a record decides about a rule, before any of its values is looked at."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from yui.security.soc.engine.sigma.nodes import (
    ALWAYS,
    FIELD_REFERENCES,
    NEVER,
    All,
    Atom,
    Node,
    Not,
    Op,
    any_of,
    map_atoms,
)
from yui.security.soc.engine.sigma.routing import Route


def route_fields(routes: Iterable[tuple[Route, ...]]) -> tuple[str, ...]:
    """Return the fields that decide the kind of a record: Channel and EventID first."""
    found = dict.fromkeys(("channel", "eventid"))
    found |= dict.fromkeys(field for group in routes for route in group for field, _ in route.where)
    return tuple(found)


def mentioned_values(
    fields: Sequence[str], routes: Iterable[tuple[Route, ...]], atoms: Iterable[Sequence[Atom]]
) -> list[frozenset[str]]:
    """Return, for each deciding field, the values that some route or rule asks for."""
    found: dict[str | None, set[str]] = {field: set() for field in fields}
    for group in routes:
        for route in group:
            for field, wanted in route.where:
                found[field] |= wanted
    for several in atoms:
        for atom in several:
            if atom.field in found and atom.op is Op.EQUALS and not atom.cased:
                found[atom.field].add(atom.literal)
    return [frozenset(values) for values in found.values()]


def deciding_values(tree: Node, fields: Sequence[str]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the values that deciding fields must have for a rule to match, where it insists on some."""
    found = ((field, _insisted(tree, field)) for field in fields)
    return tuple((field, values) for field, values in found if values is not None)


def _insisted(node: Node, field: str) -> frozenset[str] | None:
    """Return the values of which a field must have one whenever a tree holds; None where any will do."""
    if isinstance(node, Atom):
        equals = node.field == field and node.op is Op.EQUALS and not node.cased
        return frozenset((node.literal,)) if equals else None
    if isinstance(node, Not):
        return None
    parts = [_insisted(item, field) for item in node.items]
    told = [part for part in parts if part is not None]
    if isinstance(node, All):
        return frozenset.intersection(*told) if told else None
    return frozenset().union(*told) if told and len(told) == len(parts) else None


def asked(route: Route) -> list[Node]:
    """Return what a route asks of field values, as a rule would write it."""
    return [
        any_of([Atom(field, Op.EQUALS, value, shown=value) for value in sorted(wanted)])
        for field, wanted in route.where
    ]


def renamed(tree: Node, rename: Mapping[str, str]) -> Node:
    """Return a tree on the field names of a source."""

    def change(atom: Atom) -> Node:
        literal = atom.literal
        if atom.op in FIELD_REFERENCES:
            literal = rename.get(literal, literal)
        field = atom.field
        return atom._replace(field=field if field is None else rename.get(field, field), literal=literal)

    return map_atoms(tree, change) if rename else tree


def decider(constants: Mapping[str, str | None]) -> Callable[[Atom], Node]:
    """Return the change that settles the atoms on fields whose value is known (None: absent)."""

    def change(atom: Atom) -> Node:
        if atom.field is None or atom.field not in constants or atom.op is not Op.EQUALS or atom.cased:
            return atom
        return ALWAYS if constants[atom.field] == atom.literal else NEVER

    return change
