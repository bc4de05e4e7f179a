"""Report a proposal as carried out, or as spread to others."""

from datetime import date

from yui.kernel.calendar_jp import today
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.practices.engine.proposal_states import Step
from yui.people.practices.models import Proposal
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.operations.proposals.notices import tell_authors
from yui.people.practices.operations.proposals.stepping import move
from yui.people.practices.policies_proposals import require_handling


@operation("practices.proposal.implement")
def implement_proposal(
    actor: Actor, *, proposal: Proposal, implemented_on: date | None = None, words: str = ""
) -> None:
    """Note that an adopted proposal is in use; its effect is measured next.

    Raises:
        PermissionRefused: when the actor may not edit for the ward, or proposes it.
        WrongStage: when it was not adopted, or is in use already.
    """
    stored = locked_proposal(proposal)
    require_handling(actor, stored)
    move(actor, stored, Step.IMPLEMENT, words, implemented_on=implemented_on or today())
    tell(stored, "を実施しました。")
    tell_authors(stored, title="あなたの改善提案が実施されました")


@operation("practices.proposal.spread")
def spread_proposal(actor: Actor, *, proposal: Proposal, words: str = "") -> None:
    """Note that a proposal whose effect is known was told to other departments or wards.

    Raises:
        PermissionRefused: when the actor may not edit for the ward, or proposes it.
        WrongStage: when its effect has not been measured.
    """
    stored = locked_proposal(proposal)
    require_handling(actor, stored)
    move(actor, stored, Step.SPREAD, words)
    tell(stored, "を横展開しました。")
    tell_authors(stored, title="あなたの改善提案がほかの部署や区に広がりました")
