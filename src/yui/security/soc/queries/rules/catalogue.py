"""Which rules there are, for those who compile them."""

from pathlib import Path

from django.conf import settings

from yui.security.soc.models import DetectionRule

WHY = "the rules of the joint body are visible to every ward"


def rule_cache() -> Path:
    """Return the folder where compiled rules are kept; it may be deleted at any time."""
    return Path(settings.HOME) / "cache" / "soc-rules"


def known_rule_ids() -> list[str]:
    """Return the ids of the rules in use, to which correlations may refer."""
    rules = DetectionRule.objects.unscoped(WHY).filter(retired_at__isnull=True)
    return list(rules.order_by("rule_id").values_list("rule_id", flat=True))
