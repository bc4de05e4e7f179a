"""What every decision about a rule asks first: may the rule run at all, and has it been tried?"""

from collections.abc import Collection, Iterable

from yui.kernel.scope.models import Organisation
from yui.security.soc.models import DetectionRule, RuleTrial
from yui.security.soc.operations.rules.errors import RuleIsRetired, RuleNotEvaluable

WHY = "a trial in any ward shows what a rule finds; only its being there is asked"


def require_usable(rule: DetectionRule) -> None:
    """Refuse a rule that cannot run.

    Raises:
        RuleIsRetired: when it was retired.
        RuleNotEvaluable: when the engine cannot evaluate it.
    """
    if rule.retired_at is not None:
        raise RuleIsRetired(rule.title)
    if rule.unsupported:
        raise RuleNotEvaluable(rule.title, rule.unsupported)


def untried(rules: Iterable[DetectionRule], ward: Organisation | None = None) -> Collection[int]:
    """Return the keys of those rules that nobody tried with their present text, in the ward or anywhere."""
    hashes = {rule.pk: rule.sha256 for rule in rules}
    trials = RuleTrial.objects.unscoped(WHY).filter(rule_id__in=list(hashes))
    if ward is not None:
        trials = trials.filter(organisation=ward)
    tried = set(trials.values_list("rule_id", "rule_sha256"))
    return [key for key, sha256 in hashes.items() if (key, sha256) not in tried]
