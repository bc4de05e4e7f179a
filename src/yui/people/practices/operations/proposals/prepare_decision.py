"""Put a decision to the person who decides."""

from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.people.practices.models import PreparedDecision, Proposal, ProposalStage
from yui.people.practices.operations.proposals.errors import WrongStage
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.policies_proposals import require_handling


@operation("practices.proposal.prepare_decision")
def prepare_decision(actor: Actor, *, proposal: Proposal, outcome: str, reason: str) -> PreparedDecision:
    """Write down what the secretariat would decide; neither authors nor readers see it.

    Raises:
        PermissionRefused: when the actor may not edit for the ward, or proposes it.
        WrongStage: when it is not under consideration.
        ValidationError: for an unknown outcome.
    """
    stored = locked_proposal(proposal)
    require_handling(actor, stored)
    if stored.stage != ProposalStage.REVIEW:
        raise WrongStage(stored.get_stage_display())
    prepared = PreparedDecision.objects.owned_by(stored.organisation).filter(proposal=stored).first()
    prepared = prepared or PreparedDecision(proposal=stored)
    prepared.outcome, prepared.reason, prepared.by_id = outcome, reason.strip(), actor.user_id
    save_checked(prepared)
    tell(stored, "の決定の案を作りました。")
    return prepared
