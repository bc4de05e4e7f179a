"""Begin a proposal."""

from yui.kernel.calendar_jp import today
from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.people.practices.models import AuthorState, Proposal, ProposalAuthor
from yui.people.practices.operations.proposals.errors import OtherOrganisation
from yui.people.practices.operations.proposals.facts import ProposalFacts
from yui.people.practices.operations.proposals.keeping import tell


@operation("practices.proposal.draft")
def draft_proposal(actor: Actor, *, organisation: Organisation, facts: ProposalFacts) -> Proposal:
    """Write a proposal of the actor's for the organisation; until it is handed in only its authors see it.

    Raises:
        PermissionRefused: when the actor is no member of the organisation.
        ValidationError: naming each fact that breaks a rule.
    """
    require(actor, Verb.VIEW, organisation)
    require_own_lists(facts, organisation)
    proposal = Proposal(organisation=organisation, entered_on=today(), **facts.values())
    save_checked(proposal)
    if actor.user_id is not None:
        ProposalAuthor.objects.create(
            proposal=proposal,
            user_id=actor.user_id,
            organisation=organisation,
            is_lead=True,
            state=AuthorState.ACCEPTED,
        )
    tell(proposal, "を起案しました。", by_author=True)
    return proposal


def require_own_lists(facts: ProposalFacts, organisation: Organisation) -> None:
    """Refuse a category or a department of another organisation."""
    for chosen in (facts.category, facts.department):
        if chosen is not None and chosen.organisation_id != organisation.pk:
            raise OtherOrganisation(chosen.name)
