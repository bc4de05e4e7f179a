"""Writing down what an anomaly was."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.transition.costs.models import AnomalyState, CostAnomaly

OUTCOMES = (AnomalyState.EXPLAINED, AnomalyState.WORKING, AnomalyState.FALSE_ALARM)


@operation("costs.anomaly.explain")
def explain_anomaly(actor: Actor, *, anomaly: CostAnomaly, outcome: str, explanation: str) -> CostAnomaly:
    """Set how things stand with an anomaly, and what was found out; it can be set anew later.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
        ValidationError: for an unknown outcome, and where an explanation is missing.
    """
    require(actor, Verb.EDIT, anomaly.organisation)
    if outcome not in OUTCOMES:
        raise ValidationError({"outcome": _("状態を選んでください。")})
    stored = CostAnomaly.objects.owned_by(anomaly.organisation).select_for_update().get(pk=anomaly.pk)
    text = explanation.strip()
    before = {"state": stored.state, "explanation": stored.explanation}
    if before == {"state": outcome, "explanation": text}:
        record_nothing("the record says so already")
        return stored
    stored.state, stored.explanation = outcome, text
    stored.decided_by, stored.decided_at = actor.name, timezone.now()
    stored.full_clean()
    stored.save(update_fields=["state", "explanation", "decided_by", "decided_at", "updated_at"])
    after = {"state": stored.state, "explanation": stored.explanation}
    record(
        stored.organisation,
        subject=urn("costs.anomaly", stored.pk),
        summary=f"コストの増減「{stored}」を「{stored.get_state_display()}」にしました",
        changes={name: [before[name], after[name]] for name in after if before[name] != after[name]},
    )
    return stored
