"""Count what exclusions kept quiet."""

from collections.abc import Mapping

from django.db.models import F

from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import RuleExclusion


@operation("soc.exclusion.count")
def count_suppressed(actor: Actor, *, ward: Organisation, counts: Mapping[int, int]) -> None:
    """Add to the counts of the ward's exclusions, by key; call it every few seconds.

    Raises:
        PermissionRefused: when the actor may not import for the ward.
    """
    require(actor, Verb.IMPORT, ward)
    for key, number in counts.items():
        RuleExclusion.objects.owned_by(ward).filter(pk=key).update(suppressed=F("suppressed") + number)
    record_nothing("the count is shown with the exclusion; it is no act of a person")
