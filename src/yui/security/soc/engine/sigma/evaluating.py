"""A tree evaluated on one event without any preparation: for what is rare (references between fields,
exclusions).
"""

from collections.abc import Callable, Mapping
from typing import Any

from yui.security.soc.engine.sigma.nodes import FIELD_REFERENCES, All, Atom, Node, Not, Op
from yui.security.soc.engine.sigma.predicates import predicate, reference_holds
from yui.security.soc.engine.sigma.values import is_empty, texts_of


def folded_fields(fields: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the values of an event by case-folded name; names that differ only in case come together."""
    folded: dict[str, list[Any]] = {}
    for name, value in fields.items():
        folded.setdefault(name.casefold(), []).append(value)
    return folded


def holds(node: Node, event: Mapping[str, list[Any]]) -> bool:
    """Tell whether a tree is true for an event given by ``folded_fields``."""
    return truth(node, lambda atom: atom_holds(atom, event))


def truth(node: Node, test: Callable[[Atom], bool]) -> bool:
    """Evaluate a tree by a test of its atoms."""
    if isinstance(node, Atom):
        return test(node)
    if isinstance(node, Not):
        return not truth(node.item, test)
    if isinstance(node, All):
        return all(truth(item, test) for item in node.items)
    return any(truth(item, test) for item in node.items)


def atom_holds(atom: Atom, event: Mapping[str, list[Any]]) -> bool:
    """Tell whether one atom holds for an event."""
    if atom.field is None:
        test = predicate(atom)
        return any(test(text) for values in event.values() for text in texts_of(values))
    values = event.get(atom.field)
    if atom.op is Op.EXISTS:
        return (values is not None) == (atom.literal == "true")
    if atom.op is Op.NULL:
        return values is None or is_empty(values)
    if values is None:
        return False
    if atom.op in FIELD_REFERENCES:
        others = texts_of(event.get(atom.literal, []))
        return any(reference_holds(atom.op, text, other) for text in texts_of(values) for other in others)
    test = predicate(atom)
    return any(test(text) for text in texts_of(values))


def reasons(node: Node, test: Callable[[Atom], bool]) -> dict[Atom, None]:
    """Return the atoms that made a tree true, in order; what is denied gives none.

    The tree must be true under the test.
    """
    if isinstance(node, Atom):
        return {node: None}
    if isinstance(node, Not):
        return {}
    found: dict[Atom, None] = {}
    for item in node.items:
        if isinstance(node, All) or truth(item, test):
            found |= reasons(item, test)
    return found
