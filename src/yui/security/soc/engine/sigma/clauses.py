"""Trees over numbered atoms: quick to evaluate, and asked only when an atom fired without which they cannot
hold.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

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
from yui.security.soc.engine.sigma.placing import Placing, placing_of

_ALL, _ANY, _NOT = range(3)
Evaluable = tuple[int, frozenset[int], tuple["Evaluable", ...]]
AtomKey = tuple[str | None, Op, str, bool]


class Prepared(NamedTuple):
    """A rule's tree over numbers.

    Attributes:
        tree: to be evaluated.
        clause: atoms of which one must hold whenever the tree does; None where there are none.
        by_field: its atoms by field, some perhaps more than once; those of None are keywords.
    """

    tree: Evaluable
    clause: frozenset[int] | None
    by_field: Mapping[str | None, Sequence[int]]


class Numbering:
    """Gives each different atom of a set of rules a number, the same in all of its programs.

    Attributes:
        atoms: by number.
        numbers: by atom, without what is only for people.
        placings: where each atom belongs in the matcher of its field.
    """

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self.numbers: dict[AtomKey, int] = {}
        self._weights: list[float] = []
        self.placings: list[Placing] = []

    def evaluable(self, node: Node) -> Evaluable:
        """Return a tree in which the atoms of each AND and OR are one set of numbers."""
        if isinstance(node, Atom):
            return _ALL, frozenset((self._number(node),)), ()
        if isinstance(node, Not):
            return _NOT, frozenset(), (self.evaluable(node.item),)
        atoms: list[int] = []
        others: list[Evaluable] = []
        for item in node.items:
            if item.__class__ is Atom:
                atoms.append(self._number(item))
            else:
                others.append(self.evaluable(item))
        return _ALL if node.__class__ is All else _ANY, frozenset(atoms), tuple(others)

    def prepared(self, tree: Evaluable) -> Prepared:
        """Return a tree with what programs ask of it.

        To be called once all trees that are known have been numbered: what fires for many rules asks many,
        and is avoided as what a rule waits for.
        """
        by_field: dict[str | None, list[int]] = {}
        atoms = self.atoms
        for number in _numbers_of(tree):
            field = atoms[number][0]
            if field in by_field:
                by_field[field].append(number)
            else:
                by_field[field] = [number]
        clause = _clause(tree, self._weights)
        return Prepared(tree, None if clause is None else clause[1], by_field)

    def _number(self, atom: Atom) -> int:
        key = atom[:4]
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.atoms)
            self.atoms.append(atom)
            self._weights.append(_weight(atom))
            self.placings.append(placing_of(atom))
        self._weights[number] += 1.0
        return number


def _numbers_of(tree: Evaluable) -> list[int]:
    _, atoms, others = tree
    found = list(atoms)
    for other in others:
        found += _numbers_of(other)
    return found


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
        return atoms <= fired and (not others or all(is_true(other, fired) for other in others))
    if kind == _ANY:
        return not atoms.isdisjoint(fired) or (bool(others) and any(is_true(one, fired) for one in others))
    return not is_true(others[0], fired)


def triggers_of(rules: Sequence[Prepared]) -> tuple[dict[int, list[int]], list[int]]:
    """Return the rules to ask when an atom fired, and those to ask always."""
    triggers: dict[int, list[int]] = {}
    always: list[int] = []
    for index, rule in enumerate(rules):
        if rule.clause is None:
            always.append(index)
        else:
            for number in rule.clause:
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
