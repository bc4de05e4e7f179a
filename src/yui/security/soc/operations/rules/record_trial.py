"""Keep what a rule would have found in stored events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yui.kernel.links import urn
from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import DetectionRule, RuleTrial
from yui.security.soc.operations.recording import record_watched
from yui.security.soc.operations.rules.standing import require_usable
from yui.security.soc.policies import require_watch

MOST_EXAMPLES = 20


@dataclass(frozen=True)
class TrialFacts:
    """What was looked at and found; ``examples`` are excerpts of matching events."""

    since: datetime
    until: datetime
    events: int
    matches: int
    hosts: int
    examples: Sequence[Mapping[str, Any]] = ()


@operation("soc.rule.try")
def record_trial(actor: Actor, *, ward: Organisation, rule: DetectionRule, facts: TrialFacts) -> RuleTrial:
    """Keep a trial of the rule's present text in a ward.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        RuleIsRetired, RuleNotEvaluable: when the rule does not run.
    """
    require_watch(actor, Verb.EDIT, ward)
    require_usable(rule)
    trial = RuleTrial(
        organisation=ward,
        rule=rule,
        rule_sha256=rule.sha256,
        since=facts.since,
        until=facts.until,
        events=facts.events,
        matches=facts.matches,
        hosts=facts.hosts,
        examples=[dict(example) for example in facts.examples[:MOST_EXAMPLES]],
        tried_by_id=actor.user_id,
    )
    trial.full_clean()
    trial.save()
    record_watched(
        actor,
        ward,
        kind="soc.rule.try",
        subject=urn("soc.rule_trial", trial.pk),
        summary=f"ルール「{rule.title}」を保存したログで試しました({facts.matches}件)。",
        data={"rule_id": rule.rule_id, "events": facts.events, "matches": facts.matches},
    )
    return trial
