"""Set how much each criterion matters to a ward."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import combinations
from typing import Any

from yui.governance.priorities.engine.pairwise import ComparisonsWrong, pairwise_weights
from yui.governance.priorities.errors import NotAWardOfTheSet, NotDeliberating, WeightsWrong
from yui.governance.priorities.models import (
    Criterion,
    CriterionWeight,
    PrioritySet,
    SetState,
    WardWeights,
    WeightMethod,
)
from yui.governance.priorities.operations.rounds import locked_set, open_round, subject_of
from yui.governance.priorities.policies import takes_part
from yui.kernel.operations import field_changes, operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation

PLACES = Decimal("0.000001")


@operation("priorities.weights.set")
def set_weights(
    actor: Actor,
    *,
    priority_set: PrioritySet,
    ward: Organisation,
    parts: Mapping[str, Decimal],
    note: str = "",
) -> WardWeights:
    """Set a ward's weights in proportion to ``parts`` (a number from 0 up by the criterion's code).

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        NotAWardOfTheSet: when the organisation is no ward that takes part.
        NotDeliberating: when the set is in preparation or decided.
        WeightsWrong: when a criterion is missing, a number negative, or all of them 0.
    """
    require(actor, Verb.EDIT, ward)
    stored, criteria = _deliberated(priority_set, ward)
    if set(parts) != {each.code for each in criteria}:
        raise WeightsWrong
    total = sum(parts.values(), Decimal(0))
    if not total.is_finite() or total <= 0 or any(part < 0 for part in parts.values()):
        raise WeightsWrong
    weights = {each.code: parts[each.code] / total for each in criteria}
    stated: dict[str, Any] = {"method": WeightMethod.DIRECT, "comparisons": {}, "ratio": None, "note": note}
    return _store(stored, ward, criteria, weights, stated)


@operation("priorities.weights.compare")
def compare_criteria(
    actor: Actor,
    *,
    priority_set: PrioritySet,
    ward: Organisation,
    comparisons: Mapping[tuple[str, str], Decimal],
    note: str = "",
) -> WardWeights:
    """Set a ward's weights from comparisons: how many times the first criterion of a pair matters more.

    Each pair of criteria stands in once, in their order; 1 is "the same", less than 1 that the second matters
    more. The consistency ratio is kept beside the weights; contradictions are shown, not refused.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        NotAWardOfTheSet: when the organisation is no ward that takes part.
        NotDeliberating: when the set is in preparation or decided.
        WeightsWrong: when a pair is missing or a number not above 0.
    """
    require(actor, Verb.EDIT, ward)
    stored, criteria = _deliberated(priority_set, ward)
    codes = [each.code for each in criteria]
    if set(comparisons) != set(combinations(codes, 2)):
        raise WeightsWrong
    matrix = [[1.0] * len(codes) for _ in codes]
    for (one, other), times in comparisons.items():
        if not times.is_finite() or times <= 0:
            raise WeightsWrong
        row, column = codes.index(one), codes.index(other)
        matrix[row][column], matrix[column][row] = float(times), 1 / float(times)
    try:
        found = pairwise_weights(matrix)
    except ComparisonsWrong as error:
        raise WeightsWrong from error
    weights = {code: Decimal(weight) for code, weight in zip(codes, found.weights, strict=True)}
    stated = {
        "method": WeightMethod.PAIRWISE,
        "comparisons": {f"{one}:{other}": str(times) for (one, other), times in comparisons.items()},
        "ratio": Decimal(found.ratio).quantize(Decimal("0.0001")),
        "note": note,
    }
    return _store(stored, ward, criteria, weights, stated)


def _deliberated(priority_set: PrioritySet, ward: Organisation) -> tuple[PrioritySet, list[Criterion]]:
    """Return the stored set and its criteria, if the ward may weigh them now."""
    if not takes_part(ward, priority_set):
        raise NotAWardOfTheSet(ward.name_ja)
    stored = locked_set(priority_set)
    if stored.state != SetState.DELIBERATING:
        raise NotDeliberating
    return stored, list(Criterion.objects.owned_by(stored.organisation).filter(priority_set=stored))


def _store(
    priority_set: PrioritySet,
    ward: Organisation,
    criteria: list[Criterion],
    weights: Mapping[str, Decimal],
    stated: Mapping[str, Any],
) -> WardWeights:
    """Write the weights of the ward in this round, and what changed into the ward's ledger."""
    now = open_round(priority_set)
    rounded = {code: weight.quantize(PLACES) for code, weight in weights.items()}
    known = WardWeights.objects.owned_by(priority_set.organisation).filter(round=now, ward=ward).first()
    parts = CriterionWeight.objects.owned_by(priority_set.organisation).filter(ward_weights=known)
    before = {each.criterion.code: each.weight for each in parts.select_related("criterion")} if known else {}
    told = {name: getattr(known, name) for name in stated} if known else {}
    changes = field_changes(before | told, rounded | dict(stated))
    if known and not changes:
        record_nothing("the weights are as they were")
        return known
    own = known or WardWeights(round=now, ward=ward)
    for name, value in stated.items():
        setattr(own, name, value)
    own.full_clean()
    own.save()
    if known:
        parts.delete()
    CriterionWeight.objects.bulk_create(
        CriterionWeight(ward_weights=own, criterion=each, weight=rounded[each.code]) for each in criteria
    )
    record(
        ward,
        subject=subject_of(priority_set),
        summary=f"{ward.name_ja}が「{priority_set.title}」の重みを決めました。",
        changes=changes,
        visibility=priority_set.visibility,
    )
    return own
