"""Take a rule out of use for every ward."""

from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Visibility
from yui.security.soc.models import DetectionRule
from yui.security.soc.operations.rules.errors import ReasonNeeded, RuleIsRetired
from yui.security.soc.policies import joint_body


@operation("soc.rule.retire")
def retire_rule(actor: Actor, *, rule: DetectionRule, reason: str) -> None:
    """Retire a rule: it detects nowhere any more; its alerts, decisions and history stay.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
        RuleIsRetired: when it is retired already.
        ReasonNeeded: without a reason.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    stored = DetectionRule.objects.owned_by(body).select_for_update().get(pk=rule.pk)
    if stored.retired_at is not None:
        raise RuleIsRetired(stored.title)
    if not reason.strip():
        raise ReasonNeeded(_("すべての区で検知しなくなります"))
    moment = now()
    changes = {"retired_at": [None, moment], "is_default": [stored.is_default, False]}
    stored.retired_at, stored.is_default = moment, False
    stored.save(update_fields=["retired_at", "is_default", "updated_at"])
    record(
        body,
        subject=urn("soc.rule", stored.pk),
        summary=f"ルール「{stored.title}」を廃止しました。",
        changes=changes,
        data={"reason": reason},
        visibility=Visibility.WARDS,
    )
