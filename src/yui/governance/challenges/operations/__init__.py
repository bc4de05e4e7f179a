"""Verbs of the challenges; one per file."""

from yui.governance.challenges.operations.adopt_article import Adopted, adopt_article
from yui.governance.challenges.operations.change_state import close_challenge, reopen_challenge
from yui.governance.challenges.operations.link import link, unlink
from yui.governance.challenges.operations.save_challenge import save_challenge
from yui.governance.challenges.operations.save_evidence import remove_evidence, save_evidence
from yui.governance.challenges.operations.save_initiative import save_initiative

__all__ = [
    "Adopted",
    "adopt_article",
    "close_challenge",
    "link",
    "remove_evidence",
    "reopen_challenge",
    "save_challenge",
    "save_evidence",
    "save_initiative",
    "unlink",
]
