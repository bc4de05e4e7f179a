"""Verbs of improvement proposals; one per file."""

from yui.people.practices.operations.proposals.answer_invitation import answer_invitation
from yui.people.practices.operations.proposals.assign_proposal import assign_proposal
from yui.people.practices.operations.proposals.begin_review import begin_review
from yui.people.practices.operations.proposals.cast_vote import cast_vote, take_vote_back
from yui.people.practices.operations.proposals.decide_proposal import decide_proposal
from yui.people.practices.operations.proposals.draft_proposal import draft_proposal
from yui.people.practices.operations.proposals.edit_proposal import edit_proposal
from yui.people.practices.operations.proposals.extend_deadline import extend_deadline
from yui.people.practices.operations.proposals.freeze_baseline import freeze_baseline
from yui.people.practices.operations.proposals.give_opinion import give_opinion
from yui.people.practices.operations.proposals.implement_proposal import implement_proposal, spread_proposal
from yui.people.practices.operations.proposals.invite_author import invite_author
from yui.people.practices.operations.proposals.merge_proposals import merge_proposals
from yui.people.practices.operations.proposals.prepare_decision import prepare_decision
from yui.people.practices.operations.proposals.record_effect import record_effect
from yui.people.practices.operations.proposals.return_proposal import return_proposal
from yui.people.practices.operations.proposals.set_rules import set_categories, set_periods
from yui.people.practices.operations.proposals.submit_proposal import submit_proposal
from yui.people.practices.operations.proposals.take_in_proposal import take_in_proposal
from yui.people.practices.operations.proposals.withdraw_proposal import withdraw_proposal

__all__ = [
    "answer_invitation",
    "assign_proposal",
    "begin_review",
    "cast_vote",
    "decide_proposal",
    "draft_proposal",
    "edit_proposal",
    "extend_deadline",
    "freeze_baseline",
    "give_opinion",
    "implement_proposal",
    "invite_author",
    "merge_proposals",
    "prepare_decision",
    "record_effect",
    "return_proposal",
    "set_categories",
    "set_periods",
    "spread_proposal",
    "submit_proposal",
    "take_in_proposal",
    "take_vote_back",
    "withdraw_proposal",
]
