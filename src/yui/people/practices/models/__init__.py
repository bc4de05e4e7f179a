"""Records of the room; one subject per file."""

from yui.people.practices.models.adoption import (
    ENDED_STATES,
    IN_USE_STATES,
    Adoption,
    AdoptionEffect,
    AdoptionState,
    AdoptionStep,
)
from yui.people.practices.models.appreciation import PracticeFollow, PracticeThanks
from yui.people.practices.models.method_grade import MEASURED_GRADES, MethodGrade
from yui.people.practices.models.practice import (
    AUDIENCES,
    Licence,
    Practice,
    PracticeKind,
    PracticeState,
)
from yui.people.practices.models.practice_attachment import FilePurpose, PracticeAttachment
from yui.people.practices.models.practice_effect import EffectUnit, Figured, PracticeEffect
from yui.people.practices.models.practice_review import PracticeReview, ReviewComment, Verdict
from yui.people.practices.models.practice_version import (
    LONGEST_TEXT,
    SECTIONS,
    WORDING,
    PracticeVersion,
    VersionStage,
)
from yui.people.practices.models.proposal import (
    STAGES_AFTER_ADOPTION,
    STAGES_AT_END,
    STAGES_BEFORE_DECISION,
    UNCOUNTED_STAGES,
    Proposal,
    ProposalKind,
    ProposalOutcome,
    ProposalStage,
)
from yui.people.practices.models.proposal_author import AuthorState, ProposalAuthor
from yui.people.practices.models.proposal_baseline import BaselineSource, ProposalBaseline
from yui.people.practices.models.proposal_category import ProposalCategory, StagePeriod
from yui.people.practices.models.proposal_effect import EffectPhase, ProposalEffect
from yui.people.practices.models.proposal_opinion import OpinionKind, PreparedDecision, ProposalOpinion
from yui.people.practices.models.proposal_scoping import authored_by
from yui.people.practices.models.proposal_step import ProposalStep, StepKind
from yui.people.practices.models.proposal_vote import ProposalVote

__all__ = [
    "AUDIENCES",
    "ENDED_STATES",
    "IN_USE_STATES",
    "LONGEST_TEXT",
    "MEASURED_GRADES",
    "SECTIONS",
    "STAGES_AFTER_ADOPTION",
    "STAGES_AT_END",
    "STAGES_BEFORE_DECISION",
    "UNCOUNTED_STAGES",
    "WORDING",
    "Adoption",
    "AdoptionEffect",
    "AdoptionState",
    "AdoptionStep",
    "AuthorState",
    "BaselineSource",
    "EffectPhase",
    "EffectUnit",
    "Figured",
    "FilePurpose",
    "Licence",
    "MethodGrade",
    "OpinionKind",
    "Practice",
    "PracticeAttachment",
    "PracticeEffect",
    "PracticeFollow",
    "PracticeKind",
    "PracticeReview",
    "PracticeState",
    "PracticeThanks",
    "PracticeVersion",
    "PreparedDecision",
    "Proposal",
    "ProposalAuthor",
    "ProposalBaseline",
    "ProposalCategory",
    "ProposalEffect",
    "ProposalKind",
    "ProposalOpinion",
    "ProposalOutcome",
    "ProposalStage",
    "ProposalStep",
    "ProposalVote",
    "ReviewComment",
    "StagePeriod",
    "StepKind",
    "Verdict",
    "VersionStage",
    "authored_by",
]
