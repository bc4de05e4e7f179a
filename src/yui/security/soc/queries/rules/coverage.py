"""How far rules see: what was worked out for each ward, and the ATT&CK matrix made of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.attack import TACTICS, Tactic, Technique, parent_of, techniques
from yui.security.soc.engine.records import LogSource
from yui.security.soc.models import DetectionRule, RuleActivation, RuleCoverage, SeenField

WHY = "coverage is worked out for every ward"
SEEING, BLIND, OFF, NONE = "seeing", "blind", "off", "none"


@dataclass(frozen=True)
class WardCoverage:
    """What is known of the rules' sight in one ward; ``blind``: rule id → the fields that never came."""

    ward: Organisation
    blind: Mapping[str, tuple[str, ...]]
    computed_at: datetime


@dataclass(frozen=True)
class TechniqueCell:
    """One technique of the matrix with its rules, and how they stand over the wards that were asked.

    ``state`` is ``seeing`` (a rule that is on sees in every ward), ``blind`` (rules are on, but in some ward
    none of them sees), ``off`` (rules are there, none on) or ``none``.
    """

    technique: Technique
    state: str
    rules: int
    enabled: int
    seeing_wards: int


@dataclass(frozen=True)
class TacticColumn:
    """One tactic with its techniques."""

    tactic: Tactic
    cells: tuple[TechniqueCell, ...]


def seen_fields(ward: Organisation) -> dict[LogSource, frozenset[str]]:
    """Return the fields that the ward's events carried, by log source."""
    rows = SeenField.objects.unscoped(WHY).filter(organisation=ward)
    found: dict[LogSource, set[str]] = defaultdict(set)
    for product, category, service, name in rows.values_list("product", "category", "service", "field"):
        found[LogSource(product, category, service)].add(name)
    return {source: frozenset(names) for source, names in found.items()}


def coverage_of(actor: Actor, wards: Collection[Organisation]) -> dict[int, WardCoverage]:
    """Return what was worked out for those of the wards that the reader may see, by ward key."""
    rows = RuleCoverage.objects.visible_to(actor).filter(organisation__in=list(wards))
    return {
        row.organisation_id: WardCoverage(
            row.organisation,
            {rule_id: tuple(found[1]) for rule_id, found in row.states.items()},
            row.computed_at,
        )
        for row in rows.select_related("organisation")
    }


def attack_matrix(
    actor: Actor, wards: Sequence[Organisation], known: Mapping[int, WardCoverage]
) -> tuple[TacticColumn, ...]:
    """Return the matrix over the wards, in two queries.

    Args:
        known: ``coverage_of`` the wards.
    """
    rules = list(
        DetectionRule.objects.visible_to(actor)
        .filter(retired_at__isnull=True, unsupported="")
        .values_list("pk", "rule_id", "techniques", "is_default")
    )
    decided: dict[int, dict[int, bool]] = defaultdict(dict)
    decisions = RuleActivation.objects.visible_to(actor).filter(organisation__in=list(wards))
    for ward_id, rule_id, is_enabled in decisions.values_list("organisation_id", "rule_id", "is_enabled"):
        decided[ward_id][rule_id] = is_enabled
    blind = {key: found.blind.keys() for key, found in known.items()}
    by_technique: dict[str, list[tuple[int, str, bool]]] = defaultdict(list)
    for key, rule_id, names, is_default in rules:
        for name in {parent_of(name) for name in names}:
            by_technique[name].append((key, rule_id, is_default))
    cells = {
        one.identifier: _cell(one, by_technique.get(one.identifier, ()), wards, decided, blind)
        for one in techniques()
    }
    return tuple(
        TacticColumn(
            tactic, tuple(cells[one.identifier] for one in techniques() if tactic.code in one.tactics)
        )
        for tactic in TACTICS
    )


def _cell(
    one: Technique,
    rules: Iterable[tuple[int, str, bool]],
    wards: Sequence[Organisation],
    decided: Mapping[int, Mapping[int, bool]],
    blind: Mapping[int, Collection[str]],
) -> TechniqueCell:
    rules = tuple(rules)
    enabled: set[int] = set()
    on_wards = seeing_wards = 0
    for ward in wards:
        own, dark = decided.get(ward.pk, {}), blind.get(ward.pk)
        on = [(key, rule_id) for key, rule_id, is_default in rules if own.get(key, is_default)]
        enabled.update(key for key, _rule_id in on)
        on_wards += bool(on)
        # Without a word on what a ward's events carry, no rule counts as seeing there.
        seeing_wards += dark is not None and any(rule_id not in dark for _key, rule_id in on)
    if not rules:
        state = NONE
    elif not enabled:
        state = OFF
    elif seeing_wards == len(wards):
        state = SEEING
    else:
        state = BLIND
    return TechniqueCell(one, state, len(rules), len(enabled), seeing_wards)
