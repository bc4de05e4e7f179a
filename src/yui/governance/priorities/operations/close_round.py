"""Close a round: with a decision, or to deliberate once more."""

from collections.abc import Sequence

from yui.governance.priorities.errors import NotDeliberating, ReasonMissing
from yui.governance.priorities.models import (
    CriterionWeight,
    PrioritySet,
    Round,
    Score,
    ScoreEvidence,
    SetState,
    WardWeights,
)
from yui.governance.priorities.operations.rounds import locked_set, open_round, subject_of
from yui.kernel.calendar_jp import today
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation


@operation("priorities.set.decide")
def decide(
    actor: Actor, *, priority_set: PrioritySet, decision: str, reason: str, order: Sequence[str] = ()
) -> Round:
    """Close the round with a decision; nothing of it changes any more.

    Args:
        order: the codes of the options as they ranked at that moment, best first.

    Raises:
        PermissionRefused: when the actor may not approve for the organisation that keeps the set.
        NotDeliberating: when no deliberation goes on.
        ReasonMissing: without a decision or a reason.
    """
    require(actor, Verb.APPROVE, priority_set.organisation)
    stored = locked_set(priority_set)
    if stored.state != SetState.DELIBERATING:
        raise NotDeliberating
    if not decision.strip():
        raise ReasonMissing
    closed = _closed(stored, reason, decision, order)
    stored.state = SetState.DECIDED
    stored.save()
    record(
        stored.organisation,
        subject=subject_of(stored),
        summary=f"「{stored.title}」の優先度を決めました。",
        changes={"state": [SetState.DELIBERATING.value, SetState.DECIDED.value]},
        data={"round": closed.number, "decision": decision, "reason": reason, "order": list(order)},
        visibility=stored.visibility,
    )
    return closed


@operation("priorities.round.repeat")
def repeat_round(actor: Actor, *, priority_set: PrioritySet, reason: str) -> Round:
    """Begin a new round with the scores and weights of the one before, which stays as it is.

    Raises:
        PermissionRefused: when the actor may not approve for the organisation that keeps the set.
        NotDeliberating: when the set is still in preparation.
        ReasonMissing: without a reason.
    """
    require(actor, Verb.APPROVE, priority_set.organisation)
    stored = locked_set(priority_set)
    if stored.state == SetState.PREPARING:
        raise NotDeliberating
    if not reason.strip():
        raise ReasonMissing
    before = stored.state
    rounds = Round.objects.owned_by(stored.organisation).filter(priority_set=stored)
    former = _closed(stored, reason, "", ()) if before == SetState.DELIBERATING else rounds.latest("number")
    fresh = Round.objects.create(priority_set=stored, number=former.number + 1, opened_on=today())
    _copy_scores(stored.organisation, former, fresh)
    _copy_weights(stored.organisation, former, fresh)
    stored.state = SetState.DELIBERATING
    stored.save()
    record(
        stored.organisation,
        subject=subject_of(stored),
        summary=f"「{stored.title}」の第{fresh.number}回の審議を始めました。",
        changes={"round": [former.number, fresh.number]},
        data={"reason": reason, "state_before": before},
        visibility=stored.visibility,
    )
    return fresh


def _closed(priority_set: PrioritySet, reason: str, decision: str, order: Sequence[str]) -> Round:
    """Close the round that is going on and return it."""
    if not reason.strip():
        raise ReasonMissing
    now = open_round(priority_set)
    now.closed_on, now.reason, now.decision, now.decided_order = today(), reason, decision, list(order)
    now.full_clean()
    now.save()
    return now


def _copy_scores(owner: Organisation, former: Round, fresh: Round) -> None:
    """Give the fresh round the former one's scores with their evidence."""
    for score in Score.objects.owned_by(owner).filter(round=former):
        evidence = list(ScoreEvidence.objects.owned_by(owner).filter(score=score))
        score.pk, score.round = None, fresh
        score._state.adding = True
        score.save()
        for each in evidence:
            each.pk, each.score = None, score
        ScoreEvidence.objects.bulk_create(evidence)


def _copy_weights(owner: Organisation, former: Round, fresh: Round) -> None:
    """Give the fresh round the former one's weights."""
    for own in WardWeights.objects.owned_by(owner).filter(round=former):
        parts = list(CriterionWeight.objects.owned_by(owner).filter(ward_weights=own))
        own.pk, own.round = None, fresh
        own._state.adding = True
        own.save()
        for each in parts:
            each.pk, each.ward_weights = None, own
        CriterionWeight.objects.bulk_create(parts)
