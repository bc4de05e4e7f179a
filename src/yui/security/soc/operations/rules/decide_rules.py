"""Turn rules on or off in one ward."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import now
from yui.kernel.ledger.append import Act, append
from yui.kernel.links import urn
from yui.kernel.operations import operation, record_nothing
from yui.kernel.operations.operation import actor_text
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import DetectionRule, RuleActivation
from yui.security.soc.operations.recording import record_watched
from yui.security.soc.operations.rules.errors import ReasonNeeded
from yui.security.soc.operations.rules.standing import require_usable, untried
from yui.security.soc.policies import require_watch

UNTRIED = _("保存したログで試していないルールを有効にします")


@operation("soc.rule.decide")
def decide_rules(
    actor: Actor,
    *,
    ward: Organisation,
    rules: Sequence[DetectionRule],
    is_enabled: bool,
    reason: str = "",
) -> int:
    """Turn rules on or off in a ward; return how many changed.

    The ward's own people decide, and the joint body to which it entrusted the watch.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        RuleIsRetired: when a retired rule was to be turned on.
        RuleNotEvaluable: when a rule that cannot be evaluated was to be turned on.
        ReasonNeeded: when a rule is turned on that nobody tried on the ward's events, and no reason is given.
    """
    require_watch(actor, Verb.EDIT, ward)
    if is_enabled:
        for rule in rules:
            require_usable(rule)
        if not reason and untried(rules, ward):
            raise ReasonNeeded(UNTRIED)
    stored = _decisions(ward, rules)
    changed = [
        rule for rule in rules if rule.pk not in stored or stored[rule.pk].is_enabled is not is_enabled
    ]
    if not changed:
        record_nothing("every rule is as it was decided")
        return 0
    decisions = _write(actor, ward, changed, stored, is_enabled, reason)
    word = "有効" if is_enabled else "無効"
    acts = [
        Act(
            actor_text(actor),
            "soc.rule.decide",
            urn("soc.rule_activation", decisions[rule.pk].pk),
            {
                "summary": f"ルール「{rule.title}」を{word}にしました。",
                "changes": {"is_enabled": [not is_enabled, is_enabled], "reason": ["", reason]},
                "data": {"rule_id": rule.rule_id},
            },
        )
        for rule in changed
    ]
    append(ward.code, acts)
    record_watched(
        actor,
        ward,
        kind="soc.rule.decide",
        subject=urn("soc.rule_decisions", ward.code),
        summary=f"検知ルール{len(changed)}件を{word}にしました。",
        data={"count": len(changed), "is_enabled": is_enabled, "reason": reason},
    )
    return len(changed)


def _decisions(ward: Organisation, rules: Sequence[DetectionRule]) -> dict[int, RuleActivation]:
    found = RuleActivation.objects.owned_by(ward).filter(rule__in=[rule.pk for rule in rules])
    return {decision.rule_id: decision for decision in found.select_for_update()}


def _write(
    actor: Actor,
    ward: Organisation,
    changed: Sequence[DetectionRule],
    stored: dict[int, RuleActivation],
    is_enabled: bool,
    reason: str,
) -> dict[int, RuleActivation]:
    """Write the decisions in two statements; return them by rule."""
    values = {"is_enabled": is_enabled, "decided_by_id": actor.user_id, "reason": reason[:300]}
    known = [stored[rule.pk] for rule in changed if rule.pk in stored]
    for decision in known:
        for name, value in {**values, "updated_at": now()}.items():
            setattr(decision, name, value)
    new = [
        RuleActivation(organisation=ward, rule=rule, **values) for rule in changed if rule.pk not in stored
    ]
    decisions = RuleActivation.objects.owned_by(ward)
    decisions.bulk_update(known, ["is_enabled", "decided_by", "reason", "updated_at"], batch_size=500)
    RuleActivation.objects.bulk_create(new, batch_size=500)
    return {decision.rule_id: decision for decision in (*known, *new)}
