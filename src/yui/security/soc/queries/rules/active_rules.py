"""What the streaming process needs: the rules on for a ward, its exclusions, and a cheap stamp of both."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q

from yui.kernel.calendar_jp import now
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import DetectionRule, RuleActivation, RuleExclusion

WHY = "detection runs for every ward"


@dataclass(frozen=True)
class ActiveRule:
    """One rule that is on: its record, its id, and the text to compile."""

    pk: int
    rule_id: str
    kind: str
    sha256: str
    source: str


@dataclass(frozen=True)
class ActiveExclusion:
    """One exclusion that holds now; ``condition`` is a Sigma search identifier."""

    pk: int
    rule_id: str
    condition: Any
    expires_at: datetime


@dataclass(frozen=True)
class ActiveRules:
    """What detects in one ward.

    Attributes:
        ward_code: whose rules.
        version: changes whenever a rule, a decision or an exclusion does, and when an exclusion ends.
        rules: event rules, correlations and Sigma filters that are on; never retired or unsupported ones.
        exclusions: those that hold now.
    """

    ward_code: str
    version: str
    rules: tuple[ActiveRule, ...]
    exclusions: tuple[ActiveExclusion, ...]

    @property
    def texts(self) -> list[tuple[str, str]]:
        """(id, YAML) pairs, as ``load_rules`` takes them."""
        return [(rule.rule_id, rule.source) for rule in self.rules]

    @property
    def expires_at(self) -> datetime | None:
        """When the first exclusion ends by itself."""
        return min((exclusion.expires_at for exclusion in self.exclusions), default=None)


def rules_version(ward: Organisation | None = None) -> str:
    """Return a stamp of the rules, decisions and exclusions of one ward, or of all wards together.

    Three aggregate queries. The stamp also changes when an exclusion ends by the clock.
    """
    rules = DetectionRule.objects.unscoped(WHY)
    decisions = RuleActivation.objects.unscoped(WHY)
    exclusions = RuleExclusion.objects.unscoped(WHY).holding_at(now())
    if ward is not None:
        decisions = decisions.filter(organisation=ward)
        exclusions = exclusions.filter(organisation=ward)
    parts = [
        rules.aggregate(number=Count("pk"), last=Max("updated_at")),
        decisions.aggregate(number=Count("pk"), last=Max("updated_at")),
        exclusions.aggregate(number=Count("pk"), last=Max("pk")),
    ]
    text = "|".join(f"{part['number']}:{part['last']}" for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def enabled_in(ward: Organisation) -> Q:
    """Return the condition on rules that are on in a ward: its own decision, else the default."""
    decisions = RuleActivation.objects.unscoped(WHY).filter(organisation=ward)
    on = decisions.filter(is_enabled=True).values("rule_id")
    off = decisions.filter(is_enabled=False).values("rule_id")
    return Q(retired_at__isnull=True, unsupported="") & (Q(pk__in=on) | (Q(is_default=True) & ~Q(pk__in=off)))


def active_rules(ward: Organisation) -> ActiveRules:
    """Return what detects in a ward now, in six queries.

    The stamp is taken before the rules are read: a change in between is seen at the next look.
    """
    version = rules_version(ward)
    rules = DetectionRule.objects.unscoped(WHY).filter(enabled_in(ward)).order_by("rule_id")
    active = tuple(
        ActiveRule(*values) for values in rules.values_list("pk", "rule_id", "kind", "sha256", "source")
    )
    holding = RuleExclusion.objects.unscoped(WHY).holding_at(now()).filter(organisation=ward)
    exclusions = tuple(
        ActiveExclusion(*values)
        for values in holding.order_by("pk").values_list("pk", "rule__rule_id", "condition", "expires_at")
    )
    return ActiveRules(ward.code, version, active, exclusions)
