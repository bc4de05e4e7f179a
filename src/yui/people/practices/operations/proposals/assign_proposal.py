"""Say who looks after a proposal, and which department is in charge."""

from yui.kernel.operations import operation, record_nothing
from yui.kernel.operations.saving import changes_to, save_values
from yui.kernel.policy import Actor
from yui.organisations.public import Department, Membership, User
from yui.people.practices.models import Proposal, StepKind
from yui.people.practices.operations.proposals.errors import AuthorCannotHandle, OtherOrganisation
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.operations.proposals.notices import DUE, tell_people
from yui.people.practices.operations.proposals.stepping import write_step
from yui.people.practices.policies_proposals import author_states, require_handling


@operation("practices.proposal.assign")
def assign_proposal(
    actor: Actor, *, proposal: Proposal, owner: User | None, responsible_department: Department | None
) -> bool:
    """Set the person who looks after a proposal and the department that is asked for its opinion.

    Returns:
        Whether anything changed.

    Raises:
        PermissionRefused: when the actor may not edit for the ward, or proposes it.
        OtherOrganisation: for a person or a department of another organisation.
        AuthorCannotHandle: when the person is one of its authors.
    """
    stored = locked_proposal(proposal)
    require_handling(actor, stored)
    if responsible_department and responsible_department.organisation_id != stored.organisation_id:
        raise OtherOrganisation(responsible_department.name)
    if owner is not None and not _works_for(owner, stored):
        raise OtherOrganisation(owner.name)
    if owner is not None and owner.pk in author_states(stored):
        raise AuthorCannotHandle(owner.name)
    values = {"owner": owner, "responsible_department": responsible_department}
    changes = changes_to(stored, values)
    if not changes:
        record_nothing("the same person and the same department")
        return False
    save_values(stored, values)
    write_step(actor, stored, StepKind.ASSIGN, "、".join(str(each) for each in values.values() if each))
    tell(stored, "の担当を決めました。", changes=changes)
    if owner is not None and owner.pk != actor.user_id:
        tell_people([owner.pk], stored, kind=DUE, title="改善提案の担当になりました")
    return True


def _works_for(user: User, proposal: Proposal) -> bool:
    """Return whether a person works for the organisation that the proposal belongs to."""
    working = Membership.objects.owned_by(proposal.organisation).not_ended()
    return bool(working.filter(user=user).exists())
