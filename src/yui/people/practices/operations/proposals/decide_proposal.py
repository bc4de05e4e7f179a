"""Decide on a proposal."""

from yui.kernel.calendar_jp import today
from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb
from yui.people.practices.engine.proposal_states import DECISIONS, Step
from yui.people.practices.models import PreparedDecision, Proposal, ProposalOutcome, ProposalVote
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.operations.proposals.notices import tell_authors
from yui.people.practices.operations.proposals.stepping import move
from yui.people.practices.policies_proposals import require_handling

_STEPS: dict[str, Step] = {stage.value: step for step, stage in DECISIONS.items()}


@operation("practices.proposal.decide")
def decide_proposal(actor: Actor, *, proposal: Proposal, outcome: str, reason: str = "") -> None:
    """Adopt a proposal, adopt a part of it, or refuse it; from now on everybody who sees it reads why.

    Voting ends here, and the ledger takes the number of votes: single votes leave no line in it.

    Raises:
        PermissionRefused: when the actor may not approve for the ward, or proposes it.
        WordsNeeded: when a refusal or a part has no reason.
        WrongStage: when it is not under consideration.
    """
    stored = locked_proposal(proposal)
    require_handling(actor, stored, Verb.APPROVE)
    move(
        actor,
        stored,
        _STEPS[ProposalOutcome(outcome)],
        reason,
        decision_reason=reason.strip(),
        decided_on=today(),
        decided_by_id=actor.user_id,
    )
    PreparedDecision.objects.owned_by(stored.organisation).filter(proposal=stored).delete()
    votes = ProposalVote.objects.owned_by(stored.organisation).filter(proposal=stored).count()
    word = stored.get_outcome_display()
    tell(stored, f"を{word}と決めました。", data={"outcome": outcome, "reason": reason, "votes": votes})
    tell_authors(stored, title=f"あなたの改善提案は「{word}」になりました", body=reason)
