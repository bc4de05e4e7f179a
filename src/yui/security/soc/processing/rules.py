"""Which rules hold in which ward, compiled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from yui.security.soc.engine.correlation.parsing import ParsedCorrelations, parse_correlations
from yui.security.soc.engine.sigma import CompiledRules, Exclusion

NO_RULES = CompiledRules(())
NO_CORRELATIONS = ParsedCorrelations((), (), frozenset())


@dataclass(frozen=True)
class WardRules:
    """What holds in one ward.

    Attributes:
        enabled: ids of the detection and correlation rules that are on.
        exclusions: by rule id, conditions under which its match is no alert.
    """

    enabled: frozenset[str]
    exclusions: Mapping[str, Sequence[Exclusion]] = field(default_factory=dict)

    def excludes(self, rule_id: str, fields: Mapping[str, Any]) -> bool:
        """Return whether the ward has tuned this match out."""
        return any(exclusion.matches(fields) for exclusion in self.exclusions.get(rule_id, ()))


@dataclass(frozen=True)
class RuleBook:
    """The rules of all wards at one moment.

    Attributes:
        version: changes when anything here does.
        compiled: every rule that is on somewhere.
        correlations: every correlation rule that is on somewhere.
        wards: what holds in each ward; a ward that is not named has no rules.
        sets: for each set of enabled rules that occurs, the compiled ones: wards with the same set share it.
    """

    version: str
    compiled: CompiledRules
    correlations: ParsedCorrelations
    wards: Mapping[str, WardRules]
    sets: Mapping[frozenset[str], CompiledRules]

    def groups(self, wards: Iterable[str]) -> list[tuple[CompiledRules, list[str]]]:
        """Return the wards by the rules they share; those without rules are left out."""
        by_set: dict[frozenset[str], list[str]] = {}
        for ward in wards:
            rules = self.wards.get(ward)
            if rules is not None and rules.enabled:
                by_set.setdefault(rules.enabled, []).append(ward)
        return [(self.sets[enabled], members) for enabled, members in by_set.items()]


class RuleSource(Protocol):
    """Where the rules come from."""

    def look(self, known_version: str) -> RuleBook | None:
        """Return the rules; None where they still are those of ``known_version``."""
        ...


def book_of(
    version: str, compiled: CompiledRules, correlation_texts: Sequence[str], wards: Mapping[str, WardRules]
) -> RuleBook:
    """Put together the rules of all wards, compiled once for each different set."""
    names = {name: rule.id for rule in compiled.rules for name in (rule.id, rule.name) if name}
    correlations = parse_correlations(correlation_texts, names) if correlation_texts else NO_CORRELATIONS
    known = frozenset(rule.id for rule in compiled.rules)
    sets = {}
    for rules in wards.values():
        if rules.enabled not in sets:
            wanted = _with_references(rules.enabled, correlations) & known
            sets[rules.enabled] = compiled if wanted == known else compiled.subset(wanted)
    return RuleBook(version, compiled, correlations, wards, sets)


def _with_references(enabled: frozenset[str], correlations: ParsedCorrelations) -> frozenset[str]:
    """Return the ids that must be matched: those that are on, and those that correlations which are on read."""
    read = {
        reference.rule_id
        for rule in correlations.rules
        if rule.identifier in enabled
        for reference in rule.references
    }
    return enabled | read
