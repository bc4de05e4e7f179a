"""Verbs of practices and their reviews, one file each."""

from yui.people.practices.operations.practices.add_file import add_file
from yui.people.practices.operations.practices.correct_practice import correct_practice
from yui.people.practices.operations.practices.decide_review import decide_review
from yui.people.practices.operations.practices.describe_practice import describe_practice
from yui.people.practices.operations.practices.discard_version import discard_version
from yui.people.practices.operations.practices.draft_practice import draft_practice
from yui.people.practices.operations.practices.export_practices import export_practices
from yui.people.practices.operations.practices.extend_practice import extend_practice
from yui.people.practices.operations.practices.import_practices import import_practices
from yui.people.practices.operations.practices.invite_reviewer import invite_reviewer
from yui.people.practices.operations.practices.notice_expiring import notice_expiring
from yui.people.practices.operations.practices.remove_file import remove_file
from yui.people.practices.operations.practices.save_draft import save_draft
from yui.people.practices.operations.practices.set_follow import set_follow
from yui.people.practices.operations.practices.set_thanks import set_thanks
from yui.people.practices.operations.practices.submit_practice import submit_practice
from yui.people.practices.operations.practices.take_back_practice import take_back_practice
from yui.people.practices.operations.practices.take_review import take_review
from yui.people.practices.operations.practices.withdraw_practice import withdraw_practice
from yui.people.practices.operations.practices.write_version import write_version

__all__ = [
    "add_file",
    "correct_practice",
    "decide_review",
    "describe_practice",
    "discard_version",
    "draft_practice",
    "export_practices",
    "extend_practice",
    "import_practices",
    "invite_reviewer",
    "notice_expiring",
    "remove_file",
    "save_draft",
    "set_follow",
    "set_thanks",
    "submit_practice",
    "take_back_practice",
    "take_review",
    "withdraw_practice",
    "write_version",
]
