"""Challenges, their evidence, the initiatives that answer them, and the links between all of these."""

from yui.governance.challenges.models.challenge import Challenge, ChallengeState, Whose
from yui.governance.challenges.models.evidence import (
    ChallengeEvidence,
    EvidenceKind,
    InitiativeEvidence,
)
from yui.governance.challenges.models.initiative import Initiative
from yui.governance.challenges.models.link import Link, LinkKind, Strength

__all__ = [
    "Challenge",
    "ChallengeEvidence",
    "ChallengeState",
    "EvidenceKind",
    "Initiative",
    "InitiativeEvidence",
    "Link",
    "LinkKind",
    "Strength",
    "Whose",
]
