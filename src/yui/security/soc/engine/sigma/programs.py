"""The rules that look at one kind of record, prepared together.

An event becomes one signature per field; equal tuples of signatures get equal verdicts, so rules are
evaluated once for each different tuple. And then only those of which a required atom fired: from each rule
one clause of atoms is chosen of which at least one must hold whenever the rule does.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from yui.security.soc.engine.sigma.evaluating import reasons
from yui.security.soc.engine.sigma.fields import Budget, FieldMatcher, Signature
from yui.security.soc.engine.sigma.keywords import KeywordMatcher
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
    atoms_of,
    negated,
)
from yui.security.soc.engine.sigma.rules import Rule

BYTES_PER_VERDICT = 600
_ALL, _ANY, _NOT = range(3)
Evaluable = tuple[int, frozenset[int], tuple[Any, ...]]
AtomKey = tuple[str | None, Op, str, bool]


class Candidate(NamedTuple):
    """One rule as a program sees it.

    Attributes:
        rule: the rule.
        tree: its tree on this source's field names, without what the kind of record already decides.
        whole: the same with everything, for explanations.
    """

    rule: Rule
    tree: Node
    whole: Node


class Reason(NamedTuple):
    """An atom that held, and the field names under which events may carry its value; None: any field."""

    atom: Atom
    names: tuple[str, ...] | None


class Verdict(NamedTuple):
    """A rule that a key matches, with its reasons; without, it compares fields and the event itself must be
    asked.
    """

    candidate: Candidate
    reasons: tuple[Reason, ...] | None


class Program:
    """A set of rules for one kind of record.

    Attributes:
        lookups: the field names as events spell them, each with the memo of its values, in the order of the
            key.
        verdicts: what keys were judged to mean, rule by rule.
        keywords: what looks at all values, or None.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        constants: Mapping[str, str | None],
        spellings: Mapping[str, Sequence[str]],
        budget: Budget,
    ) -> None:
        """Prepare rules.

        Args:
            candidates: the rules.
            constants: case-folded values that every record of this kind has in some fields.
            spellings: how events spell the fields known so far, by case-folded name.
            budget: what all memos share.
        """
        self._candidates = candidates
        self._constants = constants
        self._spellings = spellings
        self._budget = budget
        trees = [relaxed(one.tree) for one in candidates]
        self._open = [tree is not one.tree for tree, one in zip(trees, candidates, strict=True)]
        self._numbers: dict[AtomKey, int] = {}
        by_field: dict[str | None, list[tuple[int, Atom]]] = {}
        weights: list[float] = []
        for tree in trees:
            for atom in atoms_of(tree):
                number = self._numbers.setdefault(atom[:4], len(weights))
                if number == len(weights):
                    by_field.setdefault(atom.field, []).append((number, atom))
                    weights.append(_weight(atom))
                weights[number] += 1.0
        keywords = by_field.pop(None, None)
        self.keywords = KeywordMatcher(keywords, budget) if keywords else None
        self._matchers = {str(field): FieldMatcher(atoms, budget) for field, atoms in by_field.items()}
        self._presence = _presence(by_field)
        self._rules = [_evaluable(tree, self._numbers) for tree in trees]
        self._triggers, self._always = _choose(self._rules, weights)
        self.lookups: list[tuple[str, Mapping[Any, Signature]]] = []
        self._fields: list[str] = []
        self._places: dict[str, list[int]] = {}
        self.verdicts: dict[tuple[Signature, ...], tuple[Verdict, ...]] = {}
        budget.watch(self.verdicts.clear)
        for field, names in spellings.items():
            for name in names:
                self.learn(field, name)

    def learn(self, field: str, name: str) -> None:
        """Look from now on also at a field name that events spell this way."""
        matcher = self._matchers.get(field)
        if matcher is not None:
            self.lookups.append((name, matcher.memo))
            self._places.setdefault(field, []).append(len(self._fields))
            self._fields.append(field)
            self.verdicts.clear()

    def signatures(self, fields: Mapping[str, Any], absent: Any) -> tuple[Signature, ...]:
        """Return the key of an event that holds lists, which the plain memo cannot."""
        return tuple(
            self._matchers[field].sign_all(value)
            if isinstance(value := fields.get(name, absent), list | tuple | dict)
            else memo[value]
            for field, (name, memo) in zip(self._fields, self.lookups, strict=True)
        )

    def judge(self, key: tuple[Signature, ...]) -> tuple[Verdict, ...]:
        """Evaluate the rules for a key, and remember the verdict."""
        fired = self._fired(key)
        asked = set(self._always)
        for number in fired:
            asked.update(self._triggers.get(number, ()))
        verdict = tuple(
            Verdict(self._candidates[index], None if self._open[index] else self._reasons(index, fired))
            for index in sorted(asked)
            if _true(self._rules[index], fired)
        )
        self._budget.spend(BYTES_PER_VERDICT)
        self.verdicts[key] = verdict
        return verdict

    def _fired(self, key: tuple[Signature, ...]) -> set[int]:
        fired: set[int] = set()
        for signature in key:
            fired |= signature.fired
        for field, (null, there, missing) in self._presence.items():
            signs = [key[place] for place in self._places.get(field, ()) if key[place].present]
            fired.update(there if signs else missing)
            if all(sign.empty for sign in signs):
                fired.update(null)
        return fired

    def _reasons(self, index: int, fired: set[int]) -> tuple[Reason, ...]:
        def holds(atom: Atom) -> bool:
            number = self._numbers.get(atom[:4])
            if number is None:
                return atom.op is Op.EQUALS and self._constants.get(atom.field or "") == atom.literal
            return number in fired

        found = reasons(self._candidates[index].whole, holds)
        return tuple(Reason(atom, self._names_of(atom)) for atom in found)

    def _names_of(self, atom: Atom) -> tuple[str, ...] | None:
        return None if atom.field is None else tuple(self._spellings.get(atom.field, ()))


def relaxed(node: Node, positive: bool = True) -> Node:
    """Return a tree without references between fields that holds whenever the given one does.

    It is the very same object where there is no such reference.
    """
    if isinstance(node, Atom):
        if node.op not in FIELD_REFERENCES:
            return node
        return ALWAYS if positive else NEVER
    if all(atom.op not in FIELD_REFERENCES for atom in atoms_of(node)):
        return node
    if isinstance(node, Not):
        return negated(relaxed(node.item, not positive))
    items = [relaxed(item, positive) for item in node.items]
    return all_of(items) if isinstance(node, All) else any_of(items)


def _presence(
    by_field: Mapping[str | None, Sequence[tuple[int, Atom]]],
) -> dict[str, tuple[list[int], list[int], list[int]]]:
    """Return, by field, the atoms that hold when it is null, when it is there, and when it is missing."""
    found: dict[str, tuple[list[int], list[int], list[int]]] = {}
    for field, atoms in by_field.items():
        null = [number for number, atom in atoms if atom.op is Op.NULL]
        there = [number for number, atom in atoms if atom.op is Op.EXISTS and atom.literal == "true"]
        missing = [number for number, atom in atoms if atom.op is Op.EXISTS and atom.literal != "true"]
        if null or there or missing:
            found[str(field)] = (null, there, missing)
    return found


def _evaluable(node: Node, numbers: Mapping[AtomKey, int]) -> Evaluable:
    """Return a tree in which the atoms of each AND and OR are one set."""
    if isinstance(node, Atom):
        return _ALL, frozenset((numbers[node[:4]],)), ()
    if isinstance(node, Not):
        return _NOT, frozenset(), (_evaluable(node.item, numbers),)
    atoms = frozenset(numbers[item[:4]] for item in node.items if isinstance(item, Atom))
    others = tuple(_evaluable(item, numbers) for item in node.items if not isinstance(item, Atom))
    return _ALL if isinstance(node, All) else _ANY, atoms, others


def _true(node: Evaluable, fired: set[int]) -> bool:
    kind, atoms, others = node
    if kind == _ALL:
        return atoms <= fired and all(_true(other, fired) for other in others)
    if kind == _ANY:
        return not atoms.isdisjoint(fired) or any(_true(other, fired) for other in others)
    return not _true(others[0], fired)


def _choose(rules: Sequence[Evaluable], weights: Sequence[float]) -> tuple[dict[int, list[int]], list[int]]:
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


def _weight(atom: Atom) -> float:
    """Return how unwelcome an atom is as a trigger: short literals fire often.

    The number of rules that use it is added: what fires for many rules asks many.
    """
    if atom.op in (Op.NULL, Op.EXISTS):
        return 1_000.0
    if atom.op in (Op.REGEX, Op.CIDR, Op.WILDCARD):
        return 4.0
    return 1.0 if atom.op is Op.EQUALS else 40.0 / (1 + len(atom.literal))


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
