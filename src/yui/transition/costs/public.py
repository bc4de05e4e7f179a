"""The door of the costs room for other rooms."""

from dataclasses import dataclass

from yui.kernel.policy import Actor, Verb
from yui.transition.costs.models import CostAnomaly
from yui.transition.costs.models.anomaly import STILL_TO_DO


@dataclass(frozen=True)
class OpenAnomaly:
    """An anomaly that nobody has explained, as far as other rooms need to know it."""

    title: str
    kind: str
    state: str
    change: str
    impact_yen: int | None
    url: str


def open_anomalies(actor: Actor, *, limit: int) -> tuple[OpenAnomaly, ...]:
    """Return the unexplained anomalies that ``actor`` may explain, the newest period first."""
    found = CostAnomaly.objects.visible_to(actor).filter(
        organisation_id__in=sorted(actor.organisation_ids_with(Verb.EDIT)), state__in=STILL_TO_DO
    )
    return tuple(
        OpenAnomaly(
            str(each),
            str(each.get_kind_display()),
            str(each.get_state_display()),
            each.texts["change"],
            each.impact_yen,
            each.get_absolute_url(),
        )
        for each in found.order_by("-period", "pk")[:limit]
    )
