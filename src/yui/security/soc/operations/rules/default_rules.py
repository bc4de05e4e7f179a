"""Turn rules on or off for every ward that decided nothing itself."""

from collections.abc import Sequence

from yui.kernel.calendar_jp import now
from yui.kernel.ledger.append import Act, append
from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.operations.operation import actor_text
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Visibility
from yui.security.soc.models import DetectionRule
from yui.security.soc.operations.rules.decide_rules import UNTRIED
from yui.security.soc.operations.rules.errors import ReasonNeeded
from yui.security.soc.operations.rules.standing import require_usable, untried
from yui.security.soc.policies import joint_body


@operation("soc.rule.default")
def default_rules(actor: Actor, *, rules: Sequence[DetectionRule], is_default: bool, reason: str = "") -> int:
    """Set whether rules are on where a ward decided nothing; return how many changed.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
        RuleIsRetired: when a retired rule was to be turned on.
        RuleNotEvaluable: when a rule that cannot be evaluated was to be turned on.
        ReasonNeeded: when a rule is turned on that was tried nowhere, and no reason is given.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    keys = [rule.pk for rule in rules]
    stored = list(DetectionRule.objects.owned_by(body).filter(pk__in=keys).defer("source", "description"))
    changed = [rule for rule in stored if rule.is_default is not is_default]
    if is_default:
        for rule in changed:
            require_usable(rule)
        if not reason and untried(changed):
            raise ReasonNeeded(UNTRIED)
    if not changed:
        record_nothing("every rule has this default")
        return 0
    for start in range(0, len(changed), 500):
        some = [rule.pk for rule in changed[start : start + 500]]
        DetectionRule.objects.owned_by(body).filter(pk__in=some).update(
            is_default=is_default, updated_at=now()
        )
    word = "有効" if is_default else "無効"
    append(
        body.code,
        [
            Act(
                actor_text(actor),
                "soc.rule.default",
                urn("soc.rule", rule.pk),
                {
                    "summary": f"ルール「{rule.title}」を、はじめから{word}にしました。",
                    "changes": {"is_default": [not is_default, is_default]},
                    "data": {"reason": reason},
                },
            )
            for rule in changed
        ],
    )
    record(
        body,
        subject=urn("soc.rule_decisions", body.code),
        summary=f"検知ルール{len(changed)}件を、はじめから{word}にしました。",
        data={"count": len(changed), "is_default": is_default, "reason": reason},
        visibility=Visibility.WARDS,
    )
    return len(changed)
