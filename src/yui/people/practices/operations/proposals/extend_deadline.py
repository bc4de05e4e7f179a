"""Move the deadline of a stage."""

from datetime import date

from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.people.practices.models import Proposal, StepKind
from yui.people.practices.operations.proposals.errors import WordsNeeded, WrongStage
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.operations.proposals.stepping import write_step
from yui.people.practices.policies_proposals import require_handling


@operation("practices.proposal.extend")
def extend_deadline(actor: Actor, *, proposal: Proposal, due_on: date, words: str) -> None:
    """Give the present stage another last day, and say why.

    Raises:
        PermissionRefused: when the actor may not edit for the ward, or proposes it.
        WordsNeeded: when nothing says why.
        WrongStage: when nothing is due.
    """
    stored = locked_proposal(proposal)
    require_handling(actor, stored)
    if not words.strip():
        raise WordsNeeded
    if stored.due_on is None:
        raise WrongStage(stored.get_stage_display())
    before, stored.due_on = stored.due_on, due_on
    save_checked(stored)
    write_step(actor, stored, StepKind.EXTEND, f"{before.isoformat()} → {due_on.isoformat()} {words.strip()}")
    tell(stored, "の期限を変えました。", changes={"due_on": [before.isoformat(), due_on.isoformat()]})
