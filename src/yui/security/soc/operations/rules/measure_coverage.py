"""Work out how far the rules see in a ward."""

from pathlib import Path

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.sigma.coverage import RuleState, coverage
from yui.security.soc.engine.sigma.loading import load_rules
from yui.security.soc.engine.sigma.rules import Rule
from yui.security.soc.models import DetectionRule, RuleCoverage, RuleKind
from yui.security.soc.policies import require_watch
from yui.security.soc.queries.rules.audit_routes import audit_routes
from yui.security.soc.queries.rules.coverage import seen_fields

WHY = "the rules of the joint body run in every ward"


def event_rules(cache: Path | None = None) -> tuple[Rule, ...]:
    """Return the event rules that can be evaluated, compiled; seconds without the cache."""
    stored = DetectionRule.objects.unscoped(WHY).filter(
        retired_at__isnull=True, unsupported="", kind=RuleKind.EVENT
    )
    loaded = load_rules(stored.order_by("rule_id").values_list("rule_id", "source"), cache=cache)
    return tuple(loaded.rules)


@operation("soc.rule.measure_coverage")
def measure_coverage(actor: Actor, *, ward: Organisation, rules: tuple[Rule, ...]) -> RuleCoverage:
    """Keep which of the rules are blind in the ward, because no event carried a field that they need.

    Args:
        rules: as ``event_rules`` returns them, once for all wards.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
    """
    require_watch(actor, Verb.EDIT, ward)
    states = {
        found.rule_id: (found.state.value, list(found.missing))
        for found in coverage(rules, seen_fields(ward), groups=audit_routes([ward])[ward.code])
        if found.state is not RuleState.EVALUABLE
    }
    row, _is_new = RuleCoverage.objects.owned_by(ward).update_or_create(
        organisation=ward,
        defaults={
            "states": states,
            "evaluable": len(rules) - len(states),
            "blind": len(states),
            "computed_at": now(),
        },
    )
    record_nothing("what was worked out from rules and events is no decision; both have their own records")
    return row
