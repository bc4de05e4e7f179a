"""Score an option under a criterion."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from yui.governance.priorities.errors import DerivedScore, OtherSet
from yui.governance.priorities.facts import ScoreFacts
from yui.governance.priorities.models import Criterion, Option, PrioritySet, Round, Score, ScoreEvidence
from yui.governance.priorities.operations.rounds import locked_set, open_round, subject_of
from yui.kernel.operations import field_changes, operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require

STEP = Decimal("0.1")


@operation("priorities.score.set")
def score_option(
    actor: Actor, *, priority_set: PrioritySet, option: Option, criterion: Criterion, facts: ScoreFacts
) -> Score:
    """Set the score of one cell in the round that is going on, with its evidence.

    Former rounds keep their scores; the ledger keeps what this one replaces.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation that keeps the set.
        OtherSet: for an option or a criterion of another set.
        DerivedScore: for the criterion whose score comes from the evidence.
        RoundIsClosed: when the set has been decided.
        ValidationError: naming each fact that breaks a rule.
    """
    require(actor, Verb.EDIT, priority_set.organisation)
    stored = locked_set(priority_set)
    if {option.priority_set_id, criterion.priority_set_id} != {stored.pk}:
        raise OtherSet
    if criterion.is_derived:
        raise DerivedScore
    now = open_round(stored)
    cell = {"round": now, "option": option, "criterion": criterion}
    known = Score.objects.owned_by(stored.organisation).filter(**cell).first()
    changes = field_changes(_stated(known) if known else {}, _values(facts))
    if known and not changes:
        record_nothing("the score is as it was")
        return known
    score = known or Score(**cell)
    score.value, score.uncertainty, score.reason = facts.value, facts.uncertainty, facts.reason
    score.full_clean()
    score.save()
    _replace_evidence(stored, score, facts)
    record(
        stored.organisation,
        subject=subject_of(stored),
        summary=f"「{stored.title}」{_round_text(now)}の「{option.title}」「{criterion.title}」を"
        f"{facts.value}点にしました。",
        changes=changes,
        visibility=stored.visibility,
    )
    return score


def _round_text(now: Round) -> str:
    return f"第{now.number}回"


def _replace_evidence(priority_set: PrioritySet, score: Score, facts: ScoreFacts) -> None:
    ScoreEvidence.objects.owned_by(priority_set.organisation).filter(score=score).delete()
    for each in facts.evidence:
        evidence = ScoreEvidence(score=score, **asdict(each))
        evidence.full_clean()
        evidence.save()


def _stated(score: Score) -> dict[str, Any]:
    evidence = ScoreEvidence.objects.owned_by(score.round.priority_set.organisation).filter(score=score)
    names = ("kind", "title", "address", "published_on")
    return {
        "value": score.value,
        "uncertainty": score.uncertainty,
        "reason": score.reason,
        "evidence": [{name: getattr(each, name) for name in names} for each in evidence],
    }


def _values(facts: ScoreFacts) -> dict[str, Any]:
    return {
        "value": facts.value.quantize(STEP),
        "uncertainty": facts.uncertainty.quantize(STEP),
        "reason": facts.reason,
        "evidence": [asdict(each) for each in facts.evidence],
    }
