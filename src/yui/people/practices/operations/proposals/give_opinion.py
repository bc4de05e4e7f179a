"""Say what to think of a proposal."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor, PermissionRefused, Verb, require
from yui.people.practices.models import OpinionKind, Proposal, ProposalOpinion, ProposalStage
from yui.people.practices.operations.proposals.errors import WrongStage
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.policies_proposals import may_give_opinion


@operation("practices.proposal.give_opinion")
def give_opinion(
    actor: Actor, *, proposal: Proposal, kind: str, words: str, recommendation: str = ""
) -> ProposalOpinion:
    """Write, or write anew, the actor's opinion on a proposal under consideration.

    The department in charge and the panel speak apart. Others read it once the proposal is decided.

    Raises:
        PermissionRefused: for authors, and for those who neither handle it nor work in charge of it.
        WrongStage: when it is not under consideration.
        ValidationError: when it says nothing.
    """
    stored = locked_proposal(proposal)
    require(actor, Verb.VIEW, stored.organisation)
    if actor.user_id is None or not may_give_opinion(actor, stored):
        raise PermissionRefused(actor, Verb.EDIT)
    if stored.stage != ProposalStage.REVIEW:
        raise WrongStage(stored.get_stage_display())
    opinion = (
        ProposalOpinion.objects.owned_by(stored.organisation)
        .filter(proposal=stored, kind=kind, by_id=actor.user_id)
        .first()
    ) or ProposalOpinion(proposal=stored, kind=kind, by_id=actor.user_id)
    opinion.words, opinion.recommendation, opinion.at = words.strip(), recommendation, now()
    save_checked(opinion)
    tell(stored, f"に{OpinionKind(kind).label}を書きました。")
    return opinion
