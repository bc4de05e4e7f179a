"""How far rules see: what was worked out for each ward, and the ATT&CK matrix made of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models.fields.json import KeyTransform

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.attack import TACTICS, Tactic, Technique, parent_of, techniques
from yui.security.soc.engine.records import LogSource
from yui.security.soc.models import DetectionRule, RuleActivation, RuleCoverage, SeenField

WHY = "coverage is worked out for every ward"
SEEING, BLIND, OFF, NONE = "seeing", "blind", "off", "none"


@dataclass(frozen=True)
class WardCoverage:
    """What is known of the rules' sight in one ward; ``states`` as ``RuleCoverage`` keeps them."""

    ward: Organisation
    states: Mapping[str, Sequence[Any]]
    computed_at: datetime

    @property
    def blind(self) -> dict[str, tuple[str, ...]]:
        """The rules that are blind: id → the fields that never came."""
        return {rule_id: tuple(found[1]) for rule_id, found in self.states.items()}


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
        row.organisation_id: WardCoverage(row.organisation, row.states, row.computed_at)
        for row in rows.select_related("organisation")
    }


def missing_fields(
    actor: Actor, rule_id: str, wards: Collection[Organisation]
) -> dict[int, tuple[str, ...] | None]:
    """Return for each ward that was looked at the fields that one rule lacks there; None where it sees.

    The database takes the one rule out of what it keeps of thousands.
    """
    rows = RuleCoverage.objects.visible_to(actor).filter(organisation__in=list(wards))
    found = rows.annotate(found=KeyTransform(rule_id, "states")).values_list("organisation_id", "found")
    return {ward_id: tuple(state[1]) if state else None for ward_id, state in found}


def attack_matrix(
    actor: Actor, wards: Sequence[Organisation], known: Mapping[int, WardCoverage]
) -> tuple[TacticColumn, ...]:
    """Return the matrix over the wards, in two queries.

    Args:
        known: ``coverage_of`` the wards.
    """
    rules = (
        DetectionRule.objects.visible_to(actor)
        .filter(retired_at__isnull=True, unsupported="")
        .values_list("pk", "rule_id", "techniques", "is_default")
    )
    by_key: dict[int, str] = {}
    present: dict[str, set[str]] = defaultdict(set)
    default: dict[str, set[str]] = defaultdict(set)
    for key, rule_id, names, is_default in rules:
        by_key[key] = rule_id
        for name in {parent_of(name) for name in names}:
            present[name].add(rule_id)
            if is_default:
                default[name].add(rule_id)
    views = _ward_views(actor, wards, known, by_key)
    cells = {
        one.identifier: _cell(one, present[one.identifier], default[one.identifier], views)
        for one in techniques()
    }
    return tuple(
        TacticColumn(tactic, tuple(cell for cell in cells.values() if tactic.code in cell.technique.tactics))
        for tactic in TACTICS
    )


class _WardView(NamedTuple):
    """What a ward decided, and which rules are dark there; None where nobody looked."""

    on: frozenset[str]
    off: frozenset[str]
    dark: frozenset[str] | None


def _ward_views(
    actor: Actor,
    wards: Sequence[Organisation],
    known: Mapping[int, WardCoverage],
    by_key: Mapping[int, str],
) -> list[_WardView]:
    decided: dict[tuple[int, bool], set[str]] = defaultdict(set)
    decisions = RuleActivation.objects.visible_to(actor).filter(organisation__in=list(wards))
    for ward_id, key, is_enabled in decisions.values_list("organisation_id", "rule_id", "is_enabled"):
        if key in by_key:
            decided[ward_id, is_enabled].add(by_key[key])
    return [
        _WardView(
            frozenset(decided[ward.pk, True]),
            frozenset(decided[ward.pk, False]),
            frozenset(known[ward.pk].states) if ward.pk in known else None,
        )
        for ward in wards
    ]


def _cell(one: Technique, present: set[str], default: set[str], views: Sequence[_WardView]) -> TechniqueCell:
    enabled: set[str] = set()
    seeing_wards = 0
    for view in views:
        on = ((default | (view.on & present)) - view.off) if view.on or view.off else default
        enabled |= on
        # Without a word on what a ward's events carry, no rule counts as seeing there.
        seeing_wards += view.dark is not None and not on <= view.dark
    if not present:
        state = NONE
    elif not enabled:
        state = OFF
    elif seeing_wards == len(views):
        state = SEEING
    else:
        state = BLIND
    return TechniqueCell(one, state, len(present), len(enabled), seeing_wards)
