"""Decide how many alerts a rule may raise in a ward and hour."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Visibility
from yui.security.soc.models import DetectionRule
from yui.security.soc.policies import joint_body


@operation("soc.rule.limit")
def limit_rule(actor: Actor, *, rule: DetectionRule, hourly_limit: int) -> bool:
    """Set the rule's hourly limit for every ward; tell whether anything changed.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
        ValidationError: when the limit is out of bounds.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    stored = DetectionRule.objects.owned_by(body).select_for_update().get(pk=rule.pk)
    before = stored.hourly_limit
    if before == hourly_limit:
        record_nothing("the limit is the same")
        return False
    stored.hourly_limit = hourly_limit
    stored.clean_fields(exclude=[f.name for f in stored._meta.fields if f.name != "hourly_limit"])
    stored.save(update_fields=["hourly_limit", "updated_at"])
    record(
        body,
        subject=urn("soc.rule", stored.pk),
        summary=f"ルール「{stored.title}」の1時間の上限を{hourly_limit:,}件にしました。",
        changes={"hourly_limit": [before, hourly_limit]},
        visibility=Visibility.WARDS,
    )
    return True
