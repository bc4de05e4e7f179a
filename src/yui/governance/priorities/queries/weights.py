"""The wards' own weights of a round, and the weights between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from yui.governance.priorities.engine.agreement import compromise
from yui.governance.priorities.models import Criterion, CriterionWeight, Round, WardWeights
from yui.kernel.policy import Actor


@dataclass(frozen=True)
class WardWeighting:
    """A ward's weights in the order of the criteria."""

    stated: WardWeights
    weights: tuple[float, ...]

    @property
    def name(self) -> str:
        """The ward's name in the reader's language."""
        return self.stated.ward.name


def ward_weightings(actor: Actor, round_: Round, criteria: Sequence[Criterion]) -> tuple[WardWeighting, ...]:
    """Return the weights that wards have set in a round, in official order: two queries."""
    stated = WardWeights.objects.visible_to(actor).filter(round=round_).select_related("ward")
    parts: dict[int, dict[int, float]] = {}
    for each in CriterionWeight.objects.visible_to(actor).filter(ward_weights__round=round_):
        parts.setdefault(each.ward_weights_id, {})[each.criterion_id] = float(each.weight)
    return tuple(
        WardWeighting(own, tuple(parts.get(own.pk, {}).get(each.pk, 0.0) for each in criteria))
        for own in stated
    )


def shared_weights(weightings: Sequence[WardWeighting], criteria: int) -> tuple[float, ...]:
    """Return the weights between the wards'; equal ones while no ward has set any."""
    if not weightings:
        return (1 / criteria,) * criteria
    return compromise([each.weights for each in weightings])
