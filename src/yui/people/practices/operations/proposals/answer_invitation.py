"""Agree to be a co-author, or decline."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.practices.models import AuthorState, Proposal, ProposalAuthor
from yui.people.practices.operations.proposals.errors import NotInvited
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.policies_proposals import require_reader


@operation("practices.proposal.answer_invitation")
def answer_invitation(actor: Actor, *, proposal: Proposal, accepts: bool) -> None:
    """Answer the invitation to propose together.

    Raises:
        PermissionRefused: when the actor does not see the proposal.
        NotInvited: when there is no invitation that waits for an answer.
    """
    stored = locked_proposal(proposal)
    require_reader(actor, stored)
    invitation = (
        ProposalAuthor.objects.owned_by(stored.organisation)
        .filter(proposal=stored, user_id=actor.user_id or 0, state=AuthorState.INVITED)
        .first()
    )
    if invitation is None:
        raise NotInvited
    invitation.state = AuthorState.ACCEPTED if accepts else AuthorState.DECLINED
    invitation.save(update_fields=["state"])
    tell(stored, "の共同提案に参加しました。" if accepts else "の共同提案を辞退しました。", by_author=True)
