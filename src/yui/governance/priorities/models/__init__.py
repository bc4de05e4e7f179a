"""Sets of options, their criteria and rounds, scores with evidence, and weights by ward."""

from yui.governance.priorities.models.priority_set import Criterion, Option, PrioritySet, Round, SetState
from yui.governance.priorities.models.score import STRENGTHS, EvidenceKind, Score, ScoreEvidence
from yui.governance.priorities.models.ward_weights import CriterionWeight, WardWeights, WeightMethod

__all__ = [
    "STRENGTHS",
    "Criterion",
    "CriterionWeight",
    "EvidenceKind",
    "Option",
    "PrioritySet",
    "Round",
    "Score",
    "ScoreEvidence",
    "SetState",
    "WardWeights",
    "WeightMethod",
]
