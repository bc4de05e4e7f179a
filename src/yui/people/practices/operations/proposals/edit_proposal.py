"""Change the text of a proposal."""

from yui.kernel.operations import operation, record_nothing
from yui.kernel.operations.saving import changes_to, save_values
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Visibility
from yui.people.practices.engine.proposal_states import Stage, Step, steps_from
from yui.people.practices.models import Proposal
from yui.people.practices.operations.proposals.draft_proposal import require_own_lists
from yui.people.practices.operations.proposals.errors import ChangedByAnother, WrongStage
from yui.people.practices.operations.proposals.facts import ProposalFacts
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.policies_proposals import require_part


@operation("practices.proposal.edit")
def edit_proposal(actor: Actor, *, proposal: Proposal, facts: ProposalFacts, revision: int) -> bool:
    """Change what a proposal says while its authors have it: as a draft, or when it was returned.

    Args:
        revision: the one that the author's form was drawn from.

    Returns:
        Whether anything changed.

    Raises:
        PermissionRefused: for anybody but an author.
        WrongStage: when it has been handed in.
        ChangedByAnother: when a co-author saved in between; it carries the text as it stands.
        ValidationError: naming each fact that breaks a rule.
    """
    stored = locked_proposal(proposal)
    require_part(actor, stored)
    if Step.SUBMIT not in steps_from(Stage(stored.stage)):
        raise WrongStage(stored.get_stage_display())
    if revision != stored.revision:
        raise ChangedByAnother(stored)
    require_own_lists(facts, stored.organisation)
    values = facts.values()
    values["visibility"] = reach_of(stored, facts.visibility)
    changes = changes_to(stored, values)
    if not changes:
        record_nothing("the form says what the record says")
        return False
    save_values(stored, {**values, "revision": stored.revision + 1})
    tell(stored, "を直しました。", by_author=True, changes=changes)
    return True


def reach_of(proposal: Proposal, wanted: str) -> str:
    """Return how far a proposal is seen: co-authors of other wards must see it, whatever was wished."""
    if wanted == Visibility.OWN and proposal.participants.exists():
        return Visibility.PARTICIPANTS.value
    return wanted
