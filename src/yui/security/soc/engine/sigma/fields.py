"""All the atoms that a set of rules has on one field, tried on a value in one pass.

A value is looked at once: what fired on it is remembered, and equal values get the very same ``Signature``,
so that everything later works on identities.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

from yui.security.soc.engine.sigma.clauses import Numbering
from yui.security.soc.engine.sigma.nodes import Op
from yui.security.soc.engine.sigma.placing import Place, Placing
from yui.security.soc.engine.sigma.predicates import TextTest
from yui.security.soc.engine.sigma.regexes import compile_any
from yui.security.soc.engine.sigma.values import ABSENT, members, sound, text_of

CHUNK = 1 << 16
BYTES_PER_ENTRY = 200
# Of an automaton of so many characters the quick kind takes some 10 MB and 50 ms.
QUICK_BYTES = 20_000
# The quick kind is made when text so many times as long as its patterns was searched: by then the time that
# it saves is about the time that it takes.
MUCH = 256
# A share of the time that making an automaton takes is first spent on looking for each text by itself: most
# fields of an uncommon kind of event are asked a few times only. In nanoseconds.
MADE_PER_CHARACTER, LOOKED_PER_TEXT, LOOKED_PER_CHARACTER = 20.0, 35.0, 0.3
Presence = tuple[list[int], list[int], list[int]]
# What hangs on one pattern of the automaton: numbers by where it stands, and atoms that are then tried
# exactly.
_Entry = list[tuple[Any, ...]]
_NONE: frozenset[int] = frozenset()


class Signature:
    """What fired on a value: the numbers of the atoms; whether the field is there; whether it counts as
    null.
    """

    __slots__ = ("empty", "fired", "present")

    def __init__(self, fired: frozenset[int], present: bool = True, empty: bool = False) -> None:
        self.fired, self.present, self.empty = fired, present, empty


class Budget:
    """Bounds what all memos together may hold; when it is spent everything is forgotten at once."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.spent = 0
        self._forget: list[Callable[[], None]] = []

    def watch(self, forget: Callable[[], None]) -> None:
        """Have a memo emptied when the budget is spent."""
        self._forget.append(forget)

    def spend(self, amount: int) -> None:
        """Count what was just remembered."""
        self.spent += amount
        if self.spent > self.limit:
            self.spent = 0
            for forget in self._forget:
                forget()


class Memo(dict[Any, Signature]):
    """Signatures by value; an unknown value is tried and remembered.

    ``True`` and ``1`` are equal keys of a dictionary but different texts, so neither is kept here.
    """

    __slots__ = ("_budget", "_sign")

    def __init__(self, sign: Callable[[Any], Signature], budget: Budget) -> None:
        super().__init__()
        self._sign, self._budget = sign, budget
        budget.watch(self.clear)

    def __missing__(self, value: Any) -> Signature:
        signature = self._sign(value)
        if value.__class__ is str:
            self._budget.spend(BYTES_PER_ENTRY + len(value))
        elif value in (0, 1):
            return signature
        else:
            self._budget.spend(BYTES_PER_ENTRY)
        self[value] = signature
        return signature


class FieldMatcher:
    """The atoms of one field, numbered by their program."""

    def __init__(self, numbers: Iterable[int], numbering: Numbering, budget: Budget) -> None:
        self._equals: dict[str, list[int]] = {}
        self._patterns: dict[str, _Entry] = {}
        self._singly: list[tuple[int, TextTest]] = []
        self._expressions: list[str] = []
        self._by_expression: list[tuple[int, TextTest]] = []
        self._short: list[tuple[int, str]] = []
        self._known: dict[tuple[frozenset[int], bool, bool], Signature] = {}
        self._budget = budget
        self.absent = Signature(frozenset(), present=False, empty=True)
        self.nothing = self.signature(_NONE)
        self._numbers, self._numbering = tuple(numbers), numbering
        self._placed = False
        self._texts: list[str] = []
        self._entries: list[_Entry] = []
        self._longest = 0
        self._find: Any = None
        self._gate: TextTest | None = None
        self._searched = self._much = 0
        self._small, self._quick = True, False
        self._looked, self._made_for = 0.0, 0.0
        self.memo = Memo(self.sign, budget)
        budget.watch(self._forget)

    @cached_property
    def presence(self) -> Presence:
        """The atoms that hold when the field is null, when it is there, and when it is missing."""
        found: Presence = ([], [], [])
        for number in self._numbers:
            atom = self._numbering.atoms[number]
            if atom.op is Op.NULL:
                found[0].append(number)
            elif atom.op is Op.EXISTS:
                found[1 if atom.literal == "true" else 2].append(number)
        return found

    def _place_all(self) -> None:
        """Put each atom where it is looked for: only now, as many fields of a kind never have a value."""
        self._placed = True
        for number in self._numbers:
            self._place(number, self._numbering.placings[number])
        self._texts = list(self._patterns)
        self._entries = list(self._patterns.values())
        self._longest = max(map(len, self._texts), default=0)
        characters = sum(map(len, self._texts))
        self._small = characters < QUICK_BYTES
        self._much = characters * MUCH
        self._made_for = characters * MADE_PER_CHARACTER

    def _forget(self) -> None:
        self._known = {(_NONE, True, False): self.nothing}

    def _place(self, number: int, placing: Placing) -> None:
        place, text, test = placing
        if place <= Place.CHECK:
            entry = self._patterns.get(text)
            if entry is None:
                entry = self._patterns[text] = [(), (), (), ()]
            entry[place] = (*entry[place], number if test is None else (number, test))
        elif place is Place.EQUALS:
            self._equals.setdefault(text, []).append(number)
        elif place is Place.SHORT:
            self._short.append((number, text))
        elif test is not None and place is Place.EXPRESSION:
            self._expressions.append(text)
            self._by_expression.append((number, test))
        elif test is not None:
            self._singly.append((number, test))

    def sign(self, value: Any) -> Signature:
        """Return the signature of a single value."""
        if value is ABSENT:
            return self.absent
        text = text_of(value)
        if text is None:
            return self.signature(_NONE, empty=True)
        return self.signature(self.fired(text), empty=not text)

    def sign_all(self, value: Any) -> Signature:
        """Return the signature of a list: what fired on any of its members."""
        memo, sign = self.memo, self.sign
        signs = [memo[one] if one.__class__ is str else sign(one) for one in members(value)]
        fired = frozenset().union(*(sign.fired for sign in signs))
        return self.signature(fired, empty=all(sign.empty for sign in signs))

    def signature(self, fired: frozenset[int], present: bool = True, empty: bool = False) -> Signature:
        """Return the one signature of what fired."""
        key = (fired, present, empty)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Signature(fired, present, empty)
            self._budget.spend(BYTES_PER_ENTRY + 60 * len(fired))
        return known

    def fired(self, text: str) -> frozenset[int]:
        """Return the numbers of the atoms that hold for a text."""
        if not self._placed:
            self._place_all()
        folded = text.casefold()
        found = list(self._equals.get(folded, ()))
        if self._short:
            found += [number for number, literal in self._short if literal in folded]
        if self._singly:
            found += [number for number, test in self._singly if test(text)]
        if self._by_expression and self._open(text):
            found += [number for number, test in self._by_expression if test(text)]
        if self._texts:
            self._search(text, folded, found)
        return frozenset(found) if found else _NONE

    def _open(self, text: str) -> bool:
        """Tell whether any of the regular expressions may occur: one pass instead of one for each."""
        if self._gate is None:
            self._gate = compile_any(self._expressions) or (lambda text: True)
        return self._gate(text)

    def _search(self, text: str, folded: str, found: list[int]) -> None:
        length = len(folded)
        self._searched += length
        if self._find is None and self._looked < self._made_for:
            self._looked += len(self._texts) * (LOOKED_PER_TEXT + LOOKED_PER_CHARACTER * length)
            self._look(text, sound(folded), found)
            return
        if self._find is None or (self._searched > self._much and not self._quick):
            self._find = self._automaton()
        occurrences = list(self._occurrences(folded))
        if not occurrences:
            return
        entries = self._entries
        for index in {one[0] for one in occurrences}:
            contains, _, _, checks = entries[index]
            found += contains
            if checks:
                found += [number for number, test in checks if test(text)]
        for index, start, end in occurrences:
            if start == 0:
                found += entries[index][1]
            if end == length:
                found += entries[index][2]

    def _look(self, text: str, folded: str, found: list[int]) -> None:
        """Look for each text of the automaton by itself."""
        for pattern, (contains, starts, ends, checks) in self._patterns.items():
            if pattern in folded:
                found += contains
                if checks:
                    found += [number for number, test in checks if test(text)]
                if starts and folded.startswith(pattern):
                    found += starts
                if ends and folded.endswith(pattern):
                    found += ends

    def _automaton(self) -> Any:
        """Return the search of the kind that is worth its making for the text seen so far."""
        self._quick = not self._small or self._searched > self._much
        kind = Implementation.DFA if self._small and self._quick else Implementation.ContiguousNFA
        made = AhoCorasick(self._texts, store_patterns=False, implementation=kind)
        return made.find_matches_as_indexes

    def _occurrences(self, folded: str) -> Iterable[tuple[int, int, int]]:
        """Return (pattern, start, end) in a text; a long one is searched in pieces to bound the memory."""
        if len(folded) <= CHUNK:
            try:
                return self._find(folded, overlapping=True)
            except UnicodeEncodeError:
                return self._find(sound(folded), overlapping=True)
        return self._by_pieces(sound(folded))

    def _by_pieces(self, folded: str) -> Iterator[tuple[int, int, int]]:
        for begin in range(0, len(folded), CHUNK):
            piece = folded[begin : begin + CHUNK + self._longest]
            for index, start, end in self._find(piece, overlapping=True):
                yield index, begin + start, begin + end


class Matchers:
    """The matchers of fields, shared by all programs that have the same atoms on a field.

    Attributes:
        numbering: gives the atoms their numbers.
        budget: what all memos share.
    """

    def __init__(self, numbering: Numbering, budget: Budget) -> None:
        self.numbering, self.budget = numbering, budget
        self._made: dict[frozenset[int], FieldMatcher] = {}

    def of(self, numbers: frozenset[int]) -> FieldMatcher:
        """Return the matcher of some atoms of one field."""
        made = self._made.get(numbers)
        if made is None:
            made = self._made[numbers] = FieldMatcher(sorted(numbers), self.numbering, self.budget)
        return made
