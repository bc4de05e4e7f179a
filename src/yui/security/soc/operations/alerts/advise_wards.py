"""Tell all wards what to do about a sighting."""

from yui.kernel.links import urn
from yui.kernel.operations import field_changes, operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Visibility
from yui.security.soc.models import Sighting
from yui.security.soc.operations.alerts.locking import bounded

_LONGEST = 2_000


@operation("soc.sighting.advise")
def advise_wards(actor: Actor, *, sighting: Sighting, advice: str) -> bool:
    """Write the advice that every ward reads beside the sighting; tell whether it changed.

    Raises:
        PermissionRefused: when the actor may not edit the joint body's records.
        TooLong: when it has more than 2,000 characters.
    """
    require(actor, Verb.EDIT, sighting.organisation)
    stored = Sighting.objects.owned_by(sighting.organisation).select_for_update().get(pk=sighting.pk)
    changes = field_changes({"advice": stored.advice}, {"advice": bounded(advice, _LONGEST)})
    if not changes:
        record_nothing("the advice is as it was")
        return False
    stored.advice = changes["advice"][1]
    stored.save(update_fields=["advice", "updated_at"])
    record(
        stored.organisation,
        subject=urn("soc.sighting", stored.pk),
        summary="目撃情報に区へのお知らせを書きました。",
        changes=changes,
        visibility=Visibility.WARDS,
    )
    return True
