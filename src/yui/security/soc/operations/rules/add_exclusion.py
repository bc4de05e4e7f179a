"""Keep a rule quiet on some events of a ward, until a day, for a reason."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import TOKYO, today
from yui.kernel.links import urn
from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import DetectionRule, RuleExclusion
from yui.security.soc.operations.recording import record_watched
from yui.security.soc.operations.rules.conditions import check_condition
from yui.security.soc.operations.rules.errors import ExclusionTooLong, ReasonNeeded
from yui.security.soc.operations.rules.standing import require_usable
from yui.security.soc.policies import require_watch

LONGEST_DAYS = 180


@operation("soc.exclusion.add")
def add_exclusion(
    actor: Actor,
    *,
    ward: Organisation,
    rule: DetectionRule,
    condition: Mapping[str, Any],
    reason: str,
    expires_on: date,
) -> RuleExclusion:
    """Exclude the ward's events that meet the condition from the rule, through the end of a day.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        RuleIsRetired, RuleNotEvaluable: when the rule does not run.
        ReasonNeeded: without a reason.
        ExclusionTooLong: when the day is past, or more than 180 days ahead.
        BadExclusion: when the condition cannot be evaluated, or leaves out everything.
    """
    require_watch(actor, Verb.EDIT, ward)
    require_usable(rule)
    if not reason.strip():
        raise ReasonNeeded(_("あとで見直す人のために要ります"))
    if not today() < expires_on <= today() + timedelta(days=LONGEST_DAYS):
        raise ExclusionTooLong(LONGEST_DAYS)
    check_condition(condition)
    exclusion = RuleExclusion(
        organisation=ward,
        rule=rule,
        condition=dict(condition),
        reason=reason.strip()[:300],
        created_by_id=actor.user_id,
        expires_at=datetime.combine(expires_on + timedelta(days=1), time(0), TOKYO),
    )
    # The creation time is the database's to set, and the constraint that compares with it is checked there.
    exclusion.full_clean(validate_constraints=False)
    exclusion.save()
    record_watched(
        actor,
        ward,
        kind="soc.exclusion.add",
        subject=urn("soc.exclusion", exclusion.pk),
        summary=f"ルール「{rule.title}」に除外を加えました。",
        changes={"expires_at": [None, exclusion.expires_at], "reason": [None, exclusion.reason]},
        data={"rule_id": rule.rule_id, "condition": condition},
    )
    return exclusion
