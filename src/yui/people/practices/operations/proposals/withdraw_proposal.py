"""Take a proposal back."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.practices.engine.proposal_states import Step
from yui.people.practices.models import Proposal
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.operations.proposals.stepping import move
from yui.people.practices.policies_proposals import require_part


@operation("practices.proposal.withdraw")
def withdraw_proposal(actor: Actor, *, proposal: Proposal, words: str = "") -> None:
    """Take a proposal back before it is decided; it no longer counts.

    Raises:
        PermissionRefused: for anybody but an author.
        WrongStage: when it was decided or has ended.
    """
    stored = locked_proposal(proposal)
    require_part(actor, stored)
    move(actor, stored, Step.WITHDRAW, words, is_by_author=True)
    tell(stored, "を取り下げました。", by_author=True)
