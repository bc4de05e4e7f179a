"""Reads rules before anything is written: which there are, and which of them the engine can evaluate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from yui.security.soc.engine.correlation.parsing import parse_correlations
from yui.security.soc.engine.sigma.loading import load_rules
from yui.security.soc.formats.rule_archives import RuleFiles
from yui.security.soc.formats.rule_documents import RuleDocumentKind, RuleFacts, read_documents

DUPLICATE = "同じ id のルールが前にあります / another rule before it has the same id"


@dataclass(frozen=True)
class UnsupportedRule:
    """A document that cannot be used: its id (its place where it has none), and why."""

    rule_id: str
    reason: str


@dataclass(frozen=True)
class ReadRules:
    """What a folder or archive holds, judged.

    Attributes:
        name: of the folder or archive.
        licence: as its LICENSE file says, empty without one.
        sha256: of its content.
        parsed: documents and files that were looked at: loaded and unsupported ones together.
        rules: every rule that is kept, evaluable or not, each id once.
        reasons: rule id → why the engine cannot evaluate it.
        unread: documents that are no rule, and files that could not be read.
    """

    name: str
    licence: str
    sha256: str
    parsed: int
    rules: tuple[RuleFacts, ...]
    reasons: Mapping[str, str]
    unread: tuple[UnsupportedRule, ...]

    @property
    def loaded(self) -> int:
        """How many rules the engine can evaluate."""
        return len(self.rules) - len(self.reasons)

    @property
    def unsupported(self) -> tuple[UnsupportedRule, ...]:
        """Everything that cannot be used, with its reason; with ``loaded`` it adds up to ``parsed``."""
        kept = (UnsupportedRule(rule_id, reason) for rule_id, reason in self.reasons.items())
        return (*kept, *self.unread)


def read_rules(files: RuleFiles, *, known_ids: Iterable[str] = (), cache: Path | None = None) -> ReadRules:
    """Judge every document of a folder or archive.

    Args:
        files: as ``formats.rule_archives`` read them.
        known_ids: rules of earlier imports, to which correlations may refer.
        cache: folder of compiled rules.
    """
    rules: dict[str, RuleFacts] = {}
    unread = [UnsupportedRule(place, reason) for place, reason in files.unread]
    for found in read_documents(files.texts):
        if not isinstance(found, RuleFacts):
            unread.append(UnsupportedRule(found.rule_id or found.place, found.reason))
        elif found.rule_id in rules:
            unread.append(UnsupportedRule(found.rule_id, f"{DUPLICATE} ({rules[found.rule_id].place})"))
        else:
            rules[found.rule_id] = found
    reasons = _reasons(rules, known_ids, cache)
    return ReadRules(
        name=files.name,
        licence=files.licence,
        sha256=files.sha256,
        parsed=len(rules) + len(unread),
        rules=tuple(rules.values()),
        reasons=reasons,
        unread=tuple(unread),
    )


def _reasons(rules: Mapping[str, RuleFacts], known_ids: Iterable[str], cache: Path | None) -> dict[str, str]:
    """Return why rules cannot be evaluated, by id."""
    plain = [rule for rule in rules.values() if rule.kind is not RuleDocumentKind.CORRELATION]
    by_place = {rule.place: rule.rule_id for rule in plain}
    loaded = load_rules(((rule.place, rule.source) for rule in plain), cache=cache)
    reasons = {
        one.id if one.id in rules else by_place.get(one.place, one.id): one.reason
        for one in loaded.unsupported
    }
    names = {rule_id: rule_id for rule_id in known_ids}
    for rule in plain:
        if rule.kind is RuleDocumentKind.EVENT and rule.rule_id not in reasons:
            names[rule.rule_id] = rule.rule_id
            if rule.name:
                names[rule.name] = rule.rule_id
    correlations = [rule for rule in rules.values() if rule.kind is RuleDocumentKind.CORRELATION]
    if correlations:
        parsed = parse_correlations([rule.source for rule in correlations], names)
        runs = {rule.identifier for rule in parsed.rules}
        why = {one.identifier: one.reason for one in parsed.unsupported}
        for rule in correlations:
            if rule.rule_id not in runs:
                reasons[rule.rule_id] = why.get(rule.rule_id) or (
                    "相関ルールとして読めません / cannot be read as a correlation rule"
                )
    return {rule_id: reason[:500] for rule_id, reason in reasons.items() if rule_id in rules}
