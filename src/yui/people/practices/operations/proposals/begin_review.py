"""Take a proposal up for review."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.practices.engine.proposal_states import Step
from yui.people.practices.models import Proposal
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.operations.proposals.notices import tell_authors
from yui.people.practices.operations.proposals.stepping import move
from yui.people.practices.policies_proposals import require_handling


@operation("practices.proposal.begin_review")
def begin_review(actor: Actor, *, proposal: Proposal, words: str = "") -> None:
    """Find that a proposal meets the requirements, and begin to consider it.

    Raises:
        PermissionRefused: when the actor may not edit for the ward, or proposes it.
        WrongStage: when it is not waiting for this.
    """
    stored = locked_proposal(proposal)
    require_handling(actor, stored)
    move(actor, stored, Step.REVIEW, words)
    tell(stored, "の検討を始めました。")
    tell_authors(stored, title="あなたの改善提案の検討が始まりました")
