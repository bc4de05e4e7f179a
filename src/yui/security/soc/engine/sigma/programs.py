"""The rules that look at one kind of record, prepared together.

An event becomes one signature per field; equal tuples of signatures get equal verdicts, so rules are
evaluated once for each different tuple. And then only those of which a required atom fired: from each rule
one clause of atoms is chosen of which at least one must hold whenever the rule does.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from yui.security.soc.engine.sigma.clauses import Prepared, is_true, triggers_of
from yui.security.soc.engine.sigma.evaluating import reasons
from yui.security.soc.engine.sigma.fields import FieldMatcher, Matchers, Presence, Signature
from yui.security.soc.engine.sigma.keywords import KeywordMatcher
from yui.security.soc.engine.sigma.nodes import Atom, Node, Op
from yui.security.soc.engine.sigma.predicates import TextTest, predicate
from yui.security.soc.engine.sigma.rules import Rule
from yui.security.soc.engine.sigma.values import ABSENT

BYTES_PER_VERDICT = 600


class Candidate(NamedTuple):
    """One rule as a program sees it.

    Attributes:
        rule: the rule.
        tree: its tree on this source's field names, without what the kind of record already decides.
        prepared: the same by numbers.
        whole: the same with everything, for explanations.
        compares: whether it compares fields with each other.
    """

    rule: Rule
    tree: Node
    prepared: Prepared
    whole: Node
    compares: bool = False


class Reason(NamedTuple):
    """An atom that held, the field names under which events may carry its value (None: any field), and its
    test of one value.
    """

    atom: Atom
    names: tuple[str, ...] | None
    test: TextTest


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
        matchers: Matchers,
    ) -> None:
        """Prepare rules.

        Args:
            candidates: the rules.
            constants: case-folded values that every record of this kind has in some fields.
            spellings: how events spell the fields known so far, by case-folded name.
            matchers: what all programs share; the candidates are prepared in its numbering.
        """
        self._candidates = candidates
        self._constants = constants
        self._spellings = spellings
        self._numbers = matchers.numbering.numbers
        self._budget = matchers.budget
        self._rules = [one.prepared.tree for one in candidates]
        self._triggers, self._always = triggers_of([one.prepared for one in candidates])
        by_field: dict[str | None, set[int]] = {}
        for candidate in candidates:
            for field, numbers in candidate.prepared.by_field.items():
                by_field.setdefault(field, set()).update(numbers)
        keywords = by_field.pop(None, None)
        self.keywords = KeywordMatcher(frozenset(keywords), matchers) if keywords else None
        self._matchers: dict[str, FieldMatcher] = {}
        self._presence: dict[str, Presence] = {}
        for field, found in by_field.items():
            name = str(field)
            self._matchers[name] = matchers.of(frozenset(found))
            presence = self._matchers[name].presence
            if any(presence):
                self._presence[name] = presence
        self.lookups: list[tuple[str, Mapping[Any, Signature]]] = []
        self._fields: list[str] = []
        self._places: dict[str, list[int]] = {field: [] for field in self._presence}
        self.verdicts: dict[tuple[Signature, ...], tuple[Verdict, ...]] = {}
        self._budget.watch(self.verdicts.clear)
        for field, names in spellings.items():
            for name in names:
                self.learn(field, name)

    def learn(self, field: str, name: str) -> None:
        """Look from now on also at a field name that events spell this way."""
        matcher = self._matchers.get(field)
        if matcher is not None:
            self.lookups.append((name, matcher.memo))
            if field in self._places:
                self._places[field].append(len(self._fields))
            self._fields.append(field)
            self.verdicts.clear()

    def verdict(self, fields: Mapping[str, Any]) -> tuple[Verdict, ...]:
        """Return what the rules say of an event of this kind."""
        get = fields.get
        try:
            key = tuple([memo[get(name, ABSENT)] for name, memo in self.lookups])
        except TypeError:
            key = self._signatures(fields)
        if self.keywords is not None:
            key = (*key, self.keywords.sign(fields))
        found = self.verdicts.get(key)
        return self.judge(key) if found is None else found

    def _signatures(self, fields: Mapping[str, Any]) -> tuple[Signature, ...]:
        """Return the key of an event that holds lists, which the plain memo cannot."""
        return tuple(
            self._matchers[field].sign_all(value)
            if isinstance(value := fields.get(name, ABSENT), list | tuple | dict)
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
            Verdict(
                self._candidates[index],
                None if self._candidates[index].compares else self._reasons(index, fired),
            )
            for index in sorted(asked)
            if is_true(self._rules[index], fired)
        )
        self._budget.spend(BYTES_PER_VERDICT)
        self.verdicts[key] = verdict
        return verdict

    def _fired(self, key: tuple[Signature, ...]) -> set[int]:
        fired = set().union(*[signature.fired for signature in key])
        for field, places in self._places.items():
            null, there, missing = self._presence[field]
            if len(places) == 1:
                sign = key[places[0]]
                present, empty = sign.present, sign.empty
            else:
                signs = [key[place] for place in places if key[place].present]
                present, empty = bool(signs), all(sign.empty for sign in signs)
            fired.update(there if present else missing)
            if empty:
                fired.update(null)
        return fired

    def _reasons(self, index: int, fired: set[int]) -> tuple[Reason, ...]:
        def holds(atom: Atom) -> bool:
            field = atom.field or ""
            if atom.op is Op.EQUALS and not atom.cased and field in self._constants:
                return self._constants[field] == atom.literal
            return self._numbers.get(atom[:4]) in fired

        found = reasons(self._candidates[index].whole, holds)
        return tuple(Reason(atom, self._names_of(atom), predicate(atom)) for atom in found)

    def _names_of(self, atom: Atom) -> tuple[str, ...] | None:
        return None if atom.field is None else tuple(self._spellings.get(atom.field, ()))
