"""Which rules hold in which ward, compiled."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from yui.security.soc.engine.correlation.parsing import ParsedCorrelations, parse_correlations
from yui.security.soc.engine.correlation.rules import CorrelationRule
from yui.security.soc.engine.joint.keys import Network
from yui.security.soc.engine.sigma import CompiledRules, Exclusion

log = logging.getLogger(__name__)
NO_CORRELATIONS = ParsedCorrelations((), (), frozenset())


class RuleKey(NamedTuple):
    """What wards that share compiled rules have in common.

    Attributes:
        enabled: ids of the rules that are on.
        routes: optional routes that the rules follow (``engine.sigma.routing``).
    """

    enabled: frozenset[str]
    routes: frozenset[str]


@dataclass(frozen=True)
class WardRules:
    """What holds in one ward.

    Attributes:
        enabled: ids of the detection and correlation rules that are on.
        exclusions: by rule id, conditions under which its match is no alert, by their records' keys.
        routes: optional routes that the rules follow here.
    """

    enabled: frozenset[str]
    exclusions: Mapping[str, Sequence[tuple[int, Exclusion]]] = field(default_factory=dict)
    routes: frozenset[str] = frozenset()

    @property
    def key(self) -> RuleKey:
        """Return what the ward shares with others."""
        return RuleKey(self.enabled, self.routes)

    def excluded_by(self, rule_id: str, fields: Mapping[str, Any]) -> int | None:
        """Return the key of the exclusion by which the ward tuned this match out; None where it did not."""
        for key, exclusion in self.exclusions.get(rule_id, ()):
            if exclusion.matches(fields):
                return key
        return None


@dataclass(frozen=True)
class RuleSet:
    """What one set of enabled rules and routes comes to; wards with the same share it.

    Attributes:
        compiled: the detection rules to match: those that are on, and those that correlations which are on
            read.
        silenced: ids of rules that only feed correlations here and are no alerts of their own.
    """

    compiled: CompiledRules
    silenced: frozenset[str]


@dataclass(frozen=True)
class RuleBook:
    """The rules of all wards at one moment.

    Attributes:
        version: changes when anything here does.
        correlations: every correlation rule that is on somewhere.
        wards: what holds in each ward; a ward that is not named has no rules.
        sets: by what wards share.
        own_networks: address ranges of all wards, which no key may name.
    """

    version: str
    correlations: tuple[CorrelationRule, ...]
    wards: Mapping[str, WardRules]
    sets: Mapping[RuleKey, RuleSet]
    own_networks: tuple[Network, ...] = ()

    def groups(self, wards: Iterable[str]) -> list[tuple[CompiledRules, list[str]]]:
        """Return the wards by the rules they share; those without rules are left out."""
        by_set: dict[RuleKey, list[str]] = {}
        for ward in wards:
            rules = self.wards.get(ward)
            if rules is not None and rules.enabled:
                by_set.setdefault(rules.key, []).append(ward)
        return [(self.sets[key].compiled, members) for key, members in by_set.items()]

    def is_alert(self, ward: str, rule_id: str) -> bool:
        """Return whether a match of a rule is an alert in a ward: the rule is on there, and not silenced."""
        rules = self.wards.get(ward)
        if rules is None or rule_id not in rules.enabled:
            return False
        return rule_id not in self.sets[rules.key].silenced


class RuleSource(Protocol):
    """Where the rules come from."""

    def look(self, known_version: str) -> RuleBook | None:
        """Return the rules; None where they still are those of ``known_version``."""
        ...


def book_of(
    version: str,
    bases: Mapping[frozenset[str], CompiledRules],
    correlation_texts: Sequence[str],
    wards: Mapping[str, WardRules],
    own_networks: tuple[Network, ...] = (),
) -> RuleBook:
    """Put together the rules of all wards, compiled once for each different set of rules and routes.

    Args:
        version: of the whole.
        bases: for each set that occurs in ``wards``, compiled rules that hold at least its own.
        correlation_texts: documents of the correlation rules that are on somewhere.
        wards: what is on in each ward.
        own_networks: address ranges of all wards.
    """
    names = {
        name: rule.id
        for base in bases.values()
        for rule in base.rules
        for name in (rule.id, rule.name)
        if name
    }
    parsed = parse_correlations(correlation_texts, names) if correlation_texts else NO_CORRELATIONS
    for one in parsed.unsupported:
        log.warning("correlation rule %s is not run: %s", one.identifier, one.reason)
    sets = {}
    for key in {rules.key for rules in wards.values()}:
        sets[key] = _rule_set(key, bases[key.enabled], parsed.rules)
    return RuleBook(version, parsed.rules, wards, sets, own_networks)


def _rule_set(key: RuleKey, base: CompiledRules, correlations: Sequence[CorrelationRule]) -> RuleSet:
    active = [rule for rule in correlations if rule.identifier in key.enabled]
    read = {one.rule_id for rule in active for one in rule.references}
    generating = {one.rule_id for rule in active if rule.generate for one in rule.references}
    known = {rule.id for rule in base.rules}
    wanted = (key.enabled | read) & known
    compiled = base if wanted == known else base.subset(wanted)
    if key.routes != compiled.groups:
        compiled = CompiledRules(compiled, key.routes)
    return RuleSet(compiled, frozenset(read - generating))


class BackgroundRules:
    """Reads changed rules in a thread, so that compiling them holds up no event.

    The first reading is waited for.
    """

    def __init__(self, source: RuleSource) -> None:
        self._source = source
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="rules")
        self._reading: Future[RuleBook | None] | None = None

    def look(self, known_version: str) -> RuleBook | None:
        """Return the rules where a reading has found changed ones; begin the next reading."""
        if not known_version:
            return self._thread.submit(self._source.look, known_version).result()
        if self._reading is None:
            self._reading = self._thread.submit(self._source.look, known_version)
            return None
        if not self._reading.done():
            return None
        reading, self._reading = self._reading, None
        return reading.result()
