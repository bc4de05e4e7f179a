"""Bring a retired rule back into use."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Visibility
from yui.security.soc.models import DetectionRule
from yui.security.soc.policies import joint_body


@operation("soc.rule.restore")
def restore_rule(actor: Actor, *, rule: DetectionRule) -> bool:
    """Undo a retirement; the rule is off by default until somebody turns it on. Tell whether it was retired.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    stored = DetectionRule.objects.owned_by(body).select_for_update().get(pk=rule.pk)
    if stored.retired_at is None:
        record_nothing("the rule is in use")
        return False
    changes = {"retired_at": [stored.retired_at, None]}
    stored.retired_at = None
    stored.save(update_fields=["retired_at", "updated_at"])
    record(
        body,
        subject=urn("soc.rule", stored.pk),
        summary=f"ルール「{stored.title}」の廃止を取り消しました。",
        changes=changes,
        visibility=Visibility.WARDS,
    )
    return True
