"""Trees over numbered atoms: quick to evaluate, and asked only when an atom fired without which they cannot
hold.
"""

from collections.abc import Sequence

from yui.security.soc.engine.sigma.nodes import (
    ALWAYS,
    FIELD_REFERENCES,
    NEVER,
    All,
    Atom,
    Node,
    Not,
    Op,
    all_of,
    any_of,
    negated,
)

_ALL, _ANY, _NOT = range(3)
Evaluable = tuple[int, frozenset[int], tuple["Evaluable", ...]]
AtomKey = tuple[str | None, Op, str, bool]


class Numbering:
    """Gives each different atom of a set of rules a number.

    Attributes:
        numbers: by atom, without what is only for people.
        by_field: numbered atoms by field; None for keywords.
        weights: by number, how unwelcome an atom is as a trigger.
    """

    def __init__(self) -> None:
        self.numbers: dict[AtomKey, int] = {}
        self.by_field: dict[str | None, list[tuple[int, Atom]]] = {}
        self.weights: list[float] = []

    def evaluable(self, node: Node) -> Evaluable:
        """Return a tree in which the atoms of each AND and OR are one set of numbers."""
        if isinstance(node, Atom):
            return _ALL, frozenset((self._number(node),)), ()
        if isinstance(node, Not):
            return _NOT, frozenset(), (self.evaluable(node.item),)
        atoms: list[int] = []
        others: list[Evaluable] = []
        for item in node.items:
            if isinstance(item, Atom):
                atoms.append(self._number(item))
            else:
                others.append(self.evaluable(item))
        return _ALL if isinstance(node, All) else _ANY, frozenset(atoms), tuple(others)

    def _number(self, atom: Atom) -> int:
        key = atom[:4]
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.weights)
            self.by_field.setdefault(atom.field, []).append((number, atom))
            self.weights.append(_weight(atom))
        # What fires for many rules asks many.
        self.weights[number] += 1.0
        return number


def relaxed(node: Node, positive: bool = True) -> Node:
    """Return a tree without references between fields that holds whenever the given one does."""
    if isinstance(node, Atom):
        if node.op not in FIELD_REFERENCES:
            return node
        return ALWAYS if positive else NEVER
    if isinstance(node, Not):
        return negated(relaxed(node.item, not positive))
    items = [relaxed(item, positive) for item in node.items]
    return all_of(items) if isinstance(node, All) else any_of(items)


def is_true(node: Evaluable, fired: set[int]) -> bool:
    """Tell whether a condition holds when exactly the atoms ``fired`` (by their numbers) do."""
    kind, atoms, others = node
    if kind == _ALL:
        return atoms <= fired and all(is_true(other, fired) for other in others)
    if kind == _ANY:
        return not atoms.isdisjoint(fired) or any(is_true(other, fired) for other in others)
    return not is_true(others[0], fired)


def triggers_of(
    rules: Sequence[Evaluable], weights: Sequence[float]
) -> tuple[dict[int, list[int]], list[int]]:
    """Return the rules to ask when an atom fired, and those to ask always."""
    triggers: dict[int, list[int]] = {}
    always: list[int] = []
    for index, rule in enumerate(rules):
        clause = _clause(rule, weights)
        if clause is None:
            always.append(index)
        else:
            for number in clause[1]:
                triggers.setdefault(number, []).append(index)
    return triggers, always


_WEIGHTS = {
    Op.NULL: 1_000.0,
    Op.EXISTS: 1_000.0,
    Op.REGEX: 4.0,
    Op.CIDR: 4.0,
    Op.WILDCARD: 4.0,
    Op.EQUALS: 1.0,
}


def _weight(atom: Atom) -> float:
    """Return how unwelcome an atom is as a trigger: short literals fire often."""
    return _WEIGHTS.get(atom.op) or 40.0 / (1 + len(atom.literal))


def _clause(node: Evaluable, weights: Sequence[float]) -> tuple[float, frozenset[int]] | None:
    """Return the lightest set of atoms of which one must hold whenever the tree does, with its weight."""
    kind, atoms, others = node
    if kind == _NOT:
        return None
    clauses = [_clause(other, weights) for other in others]
    if kind == _ANY:
        clauses.append((sum(weights[number] for number in atoms), atoms))
        sure = [clause for clause in clauses if clause]
        if len(sure) < len(clauses):
            return None
        return sum(clause[0] for clause in sure), frozenset().union(*(clause[1] for clause in sure))
    clauses += [(weights[number], frozenset((number,))) for number in atoms]
    return min((clause for clause in clauses if clause), key=lambda clause: clause[0], default=None)
