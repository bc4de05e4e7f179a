"""Where a rule lately raised more than its hourly limit."""

from collections.abc import Sequence
from datetime import timedelta

from yui.kernel.calendar_jp import now
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import RuleLoad

RECENT = timedelta(days=7)


def floods_of(actor: Actor, rule: int, *, ward: Organisation | None = None) -> Sequence[RuleLoad]:
    """Return the loads, read with their wards, of those wards where a rule flooded within a week.

    Args:
        ward: this ward alone, if the reader may see it.
    """
    loads = RuleLoad.objects.visible_to(actor).filter(rule=rule, flooded_at__gte=now() - RECENT)
    if ward is not None:
        loads = loads.filter(organisation=ward)
    return list(loads.select_related("organisation").order_by("-flooded_at"))
