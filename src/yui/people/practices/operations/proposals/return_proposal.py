"""Give a proposal back to its authors."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.practices.engine.proposal_states import Step
from yui.people.practices.models import Proposal
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.operations.proposals.notices import tell_authors
from yui.people.practices.operations.proposals.stepping import move
from yui.people.practices.policies_proposals import require_handling


@operation("practices.proposal.return")
def return_proposal(actor: Actor, *, proposal: Proposal, words: str) -> None:
    """Give a proposal back, with what is to be made clearer.

    Raises:
        PermissionRefused: when the actor may not edit for the ward, or proposes it.
        WordsNeeded: when nothing says why.
        WrongStage: when it is not under consideration.
    """
    stored = locked_proposal(proposal)
    require_handling(actor, stored)
    move(actor, stored, Step.RETURN, words)
    tell(stored, "を差し戻しました。")
    tell_authors(stored, title="あなたの改善提案が差し戻されました", body=words)
