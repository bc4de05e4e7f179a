"""Records of the commons; one aggregate per file."""

from yui.people.commons.models.appreciation import Deflection, QuestionFollow, TagFollow, Thanks
from yui.people.commons.models.helping import (
    HelperProfile,
    HelpRequest,
    MentorTurn,
    WatchStage,
    WatchStep,
)
from yui.people.commons.models.intake import CommonsIntake, IntakeFormat
from yui.people.commons.models.moderation import Disclosure, ModerationAct, ModerationKind, PostReport
from yui.people.commons.models.post import (
    ExternalAuthor,
    HiddenAuthor,
    Post,
    PostKind,
    PostLink,
    PostRevision,
)
from yui.people.commons.models.post_file import PostFile
from yui.people.commons.models.question import Question, QuestionState, QuestionStep, SolvedBy
from yui.people.commons.models.tag import Tag

__all__ = [
    "CommonsIntake",
    "Deflection",
    "Disclosure",
    "ExternalAuthor",
    "HelpRequest",
    "HelperProfile",
    "HiddenAuthor",
    "IntakeFormat",
    "MentorTurn",
    "ModerationAct",
    "ModerationKind",
    "Post",
    "PostFile",
    "PostKind",
    "PostLink",
    "PostReport",
    "PostRevision",
    "Question",
    "QuestionFollow",
    "QuestionState",
    "QuestionStep",
    "SolvedBy",
    "Tag",
    "TagFollow",
    "Thanks",
    "WatchStage",
    "WatchStep",
]
