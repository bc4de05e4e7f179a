"""Saying that an anomaly was seen."""

from django.utils import timezone

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.transition.costs.models import AnomalyState, CostAnomaly


@operation("costs.anomaly.acknowledge")
def acknowledge_anomaly(actor: Actor, *, anomaly: CostAnomaly) -> CostAnomaly:
    """Note that somebody has looked at an open anomaly; one that is past that stays as it is.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
    """
    require(actor, Verb.EDIT, anomaly.organisation)
    stored = CostAnomaly.objects.owned_by(anomaly.organisation).select_for_update().get(pk=anomaly.pk)
    if stored.state != AnomalyState.OPEN:
        record_nothing("it was looked at before")
        return stored
    stored.state, stored.decided_by, stored.decided_at = (
        AnomalyState.ACKNOWLEDGED,
        actor.name,
        timezone.now(),
    )
    stored.save(update_fields=["state", "decided_by", "decided_at", "updated_at"])
    record(
        stored.organisation,
        subject=urn("costs.anomaly", stored.pk),
        summary=f"コストの増減「{stored}」を確認しました",
        changes={"state": [AnomalyState.OPEN.value, stored.state]},
    )
    return stored
