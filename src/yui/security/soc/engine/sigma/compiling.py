"""Rules made ready for detection.

Everything that depends on the events (which fields they spell how, which kinds of record occur) is prepared
when it first occurs and kept; the object carries only its rules to another process.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from yui.security.soc.engine.records import LogSource
from yui.security.soc.engine.sigma.clauses import Evaluable, Numbering, Prepared, relaxed
from yui.security.soc.engine.sigma.deciding import (
    asked,
    decider,
    deciding_values,
    mentioned_values,
    renamed,
    route_fields,
)
from yui.security.soc.engine.sigma.fields import Budget, Matchers
from yui.security.soc.engine.sigma.lanes import Lanes
from yui.security.soc.engine.sigma.nodes import (
    FIELD_REFERENCES,
    NEVER,
    Node,
    all_of,
    any_of,
    atoms_of,
    map_atoms,
)
from yui.security.soc.engine.sigma.programs import Candidate, Program
from yui.security.soc.engine.sigma.routing import Route, routes_of
from yui.security.soc.engine.sigma.rules import Rule
from yui.security.soc.engine.sigma.values import texts_of

MEMORY = 64 * 1024 * 1024
MAX_KINDS = 20_000
MAX_PROGRAMS = 400
MAX_NAMES = 50_000
OTHER = "\0other"
Kind = tuple[LogSource, tuple[str | None, ...] | None]


class CompiledRules:
    """A set of rules on which ``detect`` works.

    What is prepared on the way is not guarded: one thread at a time; another thread or process takes its own.
    """

    def __init__(self, rules: Iterable[Rule], groups: frozenset[str] = frozenset()) -> None:
        """Take the rules, and the optional groups of routes (``routing.routes_of``) to follow."""
        self.rules = tuple(rules)
        self.groups = groups
        self._programs: Programs | None = None
        self._lanes: Lanes | None = None

    def __len__(self) -> int:
        return len(self.rules)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __getstate__(self) -> dict[str, Any]:
        return {"rules": self.rules, "groups": self.groups, "_programs": None, "_lanes": None}

    def subset(self, ids: Iterable[str]) -> "CompiledRules":
        """Return only the rules with these identifiers."""
        wanted = frozenset(ids)
        return CompiledRules((rule for rule in self.rules if rule.id in wanted), self.groups)

    def routes(self, rule: Rule) -> tuple[Route, ...]:
        """Return the routes by which records reach a rule."""
        return routes_of(rule.logsource, self.groups)

    def prepare(self) -> "CompiledRules":
        """Prepare now what depends on the rules alone, instead of when the first record comes."""
        self._programs, self._lanes = Programs(self), None
        return self

    @property
    def programs(self) -> "Programs":
        """What is prepared so far."""
        if self._programs is None:
            self._programs = Programs(self)
        return self._programs

    @property
    def lanes(self) -> "Lanes":
        """The lanes of its programs."""
        if self._lanes is None:
            self._lanes = Lanes(self.programs)
        return self._lanes


class SourceView(NamedTuple):
    """What is known of one log source.

    Attributes:
        known: every field name that its records have carried.
        ready: programs by (Channel, EventID, what else decides) as records have them; None: no rule looks.
    """

    known: set[str]
    ready: dict[Any, Program | None]


class Programs:
    """The programs of a set of rules by kind of record.

    Attributes:
        views: what is known of each log source that records have named so far.
        deciding: further field names, as events spell them, whose values decide the kind of a record.
    """

    def __init__(self, rules: CompiledRules) -> None:
        self._budget = Budget(MEMORY)
        self._by_source: dict[LogSource, list[Rule]] = {}
        for rule in rules:
            self._by_source.setdefault(rule.logsource, []).append(rule)
        self._routes = {source: routes_of(source, rules.groups) for source in self._by_source}
        self._atoms = {id(rule): atoms_of(rule.tree) for rule in rules}
        self._comparing = {
            known for known, atoms in self._atoms.items() if any(one.op in FIELD_REFERENCES for one in atoms)
        }
        self._order = {id(rule): index for index, rule in enumerate(rules)}
        self._route_fields = route_fields(self._routes.values())
        self._mentioned = mentioned_values(self._route_fields, self._routes.values(), self._atoms.values())
        self._relevant = self._relevant_fields()
        self._decidable = {
            known
            for known, atoms in self._atoms.items()
            if not {atom.field for atom in atoms}.isdisjoint(self._route_fields)
        }
        self._only = {
            id(rule): deciding_values(rule.tree, self._route_fields) if id(rule) in self._decidable else ()
            for rule in rules
        }
        self._numbering = Numbering()
        trees = {id(rule): self._evaluable(rule, rule.tree) for rule in rules}
        self._prepared = {known: self._numbering.prepared(tree) for known, tree in trees.items()}
        self._matchers = Matchers(self._numbering, self._budget)
        self._spellings: dict[str, list[str]] = {}
        self._by_kind: dict[Kind, Program | None] = {}
        self._names: set[str] = set()
        self._noted = 0
        self._watchers: list[Callable[[], None]] = []
        self.views: dict[LogSource, SourceView] = {}
        self.deciding: list[str] = []

    def _evaluable(self, rule: Rule, tree: Node) -> Evaluable:
        """Return what numbers can tell of a tree; references between fields are asked of the event later."""
        return self._numbering.evaluable(relaxed(tree) if id(rule) in self._comparing else tree)

    def watch(self, forget: Callable[[], None]) -> None:
        """Be told when programs are forgotten: whoever holds some lets them go."""
        self._watchers.append(forget)

    def remember(self, forget: Callable[[], None]) -> None:
        """Have what hangs on a program emptied when all memos are."""
        self._budget.watch(forget)

    def spend(self, amount: int) -> None:
        """Count the bytes of what was just remembered."""
        self._budget.spend(amount)

    def view(self, source: LogSource) -> "SourceView":
        """Return what is known of a log source, new where no record named it before."""
        view = self.views.get(source)
        if view is None:
            if len(self.views) >= MAX_KINDS:
                self._forget_names()
            view = self.views[source] = SourceView(set(), {})
        return view

    def learn(self, source: LogSource, fields: Mapping[str, Any]) -> "SourceView":
        """Take note of field names not seen before; return the view of the source."""
        if self._noted > MAX_NAMES:
            self._forget_names()
        view = self.view(source)
        new = fields.keys() - view.known
        view.known.update(new)
        self._noted += len(new)
        for name in new - self._names:
            self._names.add(name)
            field = name.casefold()
            if field in self._relevant:
                self._spelled(field, name)
        return view

    def _spelled(self, field: str, name: str) -> None:
        self._spellings.setdefault(field, []).append(name)
        if field in self._route_fields and name not in ("Channel", "EventID"):
            self.deciding.append(name)
            for view in self.views.values():
                view.ready.clear()
        for program in self._by_kind.values():
            if program is not None:
                program.learn(field, name)

    def _forget_names(self) -> None:
        self._forget_programs()
        self._names.clear()
        self._noted = 0
        self.views.clear()
        self._spellings.clear()
        self.deciding.clear()

    def _forget_programs(self) -> None:
        for view in self.views.values():
            view.ready.clear()
        self._by_kind.clear()
        self._budget = Budget(MEMORY)
        self._matchers = Matchers(self._numbering, self._budget)
        for forget in self._watchers:
            forget()

    def program_of(self, source: LogSource, fields: Mapping[str, Any]) -> Program | None:
        """Return the program for a record.

        Where each deciding field has at most one value, what the values decide is left out of the rules; a
        record with several values (a list, two spellings) gets a program that compares them.
        """
        values = [
            [
                text.casefold()
                for name in self._spellings.get(field, ())
                for text in texts_of(fields.get(name))
            ]
            for field in self._route_fields
        ]
        kind: Kind = (source, None)
        constants: dict[str, str | None] = {}
        if all(len(texts) <= 1 for texts in values):
            told = [texts[0] if texts else None for texts in values]
            constants = dict(zip(self._route_fields, told, strict=True))
            kind = (source, tuple(self._canonical(i, text) for i, text in enumerate(told)))
        if kind not in self._by_kind:
            if len(self._by_kind) >= MAX_PROGRAMS:
                self._forget_programs()
            self._by_kind[kind] = self._build(source, constants)
        return self._by_kind[kind]

    def _canonical(self, index: int, text: str | None) -> str | None:
        """Return a deciding value as far as any rule tells it apart from others."""
        return text if text is None or text in self._mentioned[index] else OTHER

    def _build(self, source: LogSource, constants: Mapping[str, str | None]) -> Program | None:
        candidates: list[Candidate] = []
        for logsource, rules in self._by_source.items():
            routes = [route for route in self._routes[logsource] if route.fits(source)]
            if constants:
                routes = [
                    route for route in routes if all(constants[f] in wanted for f, wanted in route.where)
                ]
            if routes:
                candidates += self._candidates(rules, routes, constants)
        if not candidates:
            return None
        candidates.sort(key=lambda candidate: self._order[id(candidate.rule)])
        return Program(candidates, constants, self._spellings, self._matchers)

    def _relevant_fields(self) -> frozenset[str]:
        """Return the case-folded names of every field that some rule or route may look at."""
        found = set(self._route_fields)
        for logsource, rules in self._by_source.items():
            atoms = [atom for rule in rules for atom in self._atoms[id(rule)]]
            names = {atom.field for atom in atoms if atom.field is not None}
            names |= {atom.literal for atom in atoms if atom.op in FIELD_REFERENCES}
            found |= names
            for route in self._routes[logsource]:
                found |= {other for name, other in route.rename if name in names}
        return frozenset(found)

    def _candidates(
        self, rules: Sequence[Rule], routes: Sequence[Route], constants: Mapping[str, str | None]
    ) -> Iterator[Candidate]:
        """Yield the rules that this kind of record may still match, on its field names."""
        renames = [dict(rename) for rename in dict.fromkeys(route.rename for route in routes)]
        as_written = not any(renames)
        for rule in rules:
            known = id(rule)
            if not constants:
                ways = [all_of([*asked(route), renamed(rule.tree, dict(route.rename))]) for route in routes]
                whole = tree = any_of(ways)
            elif as_written:
                if any(constants[field] not in wanted for field, wanted in self._only[known]):
                    continue
                whole = tree = rule.tree
                if known in self._decidable:
                    tree = map_atoms(whole, decider(constants))
            else:
                whole = any_of([renamed(rule.tree, rename) for rename in renames])
                tree = map_atoms(whole, decider(constants))
            if tree != NEVER:
                yield Candidate(rule, tree, self._numbered(rule, tree), whole, known in self._comparing)

    def _numbered(self, rule: Rule, tree: Node) -> Prepared:
        if tree is rule.tree:
            return self._prepared[id(rule)]
        return self._numbering.prepared(self._evaluable(rule, tree))
