"""Who may do what with improvement proposals, beyond seeing (which the scope decides).

Proposing, joining, voting and reading are open to every member. The ward's secretariat (EDIT) handles what is
handed in; who decides (APPROVE) and who gives an opinion has no part in the proposal.
"""

from yui.kernel.policy import Actor, PermissionRefused, Verb, allows, require
from yui.kernel.scope.models import Organisation
from yui.organisations.public import Membership
from yui.people.practices.models import AuthorState, Proposal, ProposalAuthor, ProposalOpinion

WHY = "the room itself asks who takes part, whoever may know it"


def is_author(actor: Actor, proposal: Proposal) -> bool:
    """Return whether the actor is one of the people who propose it, having agreed to be."""
    return actor.user_id is not None and author_states(proposal).get(actor.user_id) == AuthorState.ACCEPTED


def author_states(proposal: Proposal) -> dict[int, str]:
    """Return the answers of everybody who proposes it or was asked to, by person."""
    authors = ProposalAuthor.objects.unscoped(WHY).filter(proposal=proposal)
    return dict(authors.values_list("user_id", "state"))


def takes_part(actor: Actor, proposal: Proposal) -> bool:
    """Return whether the actor proposes it or is asked to, and so must not judge it."""
    state = author_states(proposal).get(actor.user_id or 0)
    return state is not None and state != AuthorState.DECLINED


def has_judged(user_id: int, proposal: Proposal) -> bool:
    """Return whether a person has given an opinion, and so must not propose it."""
    return ProposalOpinion.objects.unscoped(WHY).filter(proposal=proposal, by_id=user_id).exists()


def may_handle(actor: Actor, proposal: Proposal) -> bool:
    """Return whether the actor is of the ward's secretariat and has no part in the proposal."""
    return allows(actor, Verb.EDIT, proposal.organisation) and not takes_part(actor, proposal)


def may_decide(actor: Actor, proposal: Proposal) -> bool:
    """Return whether the actor may decide on the proposal."""
    return allows(actor, Verb.APPROVE, proposal.organisation) and not takes_part(actor, proposal)


def may_give_opinion(actor: Actor, proposal: Proposal) -> bool:
    """Return whether the actor may say what to think of it: the secretariat and the department in charge."""
    if actor.user_id is None or takes_part(actor, proposal):
        return False
    return allows(actor, Verb.EDIT, proposal.organisation) or works_in_charge(actor, proposal)


def works_in_charge(actor: Actor, proposal: Proposal) -> bool:
    """Return whether the actor works in the department that is asked for its opinion."""
    if proposal.responsible_department_id is None or proposal.organisation_id not in actor.organisation_ids:
        return False
    working = Membership.objects.owned_by(proposal.organisation).not_ended()
    return bool(
        working.filter(user_id=actor.user_id, department_id=proposal.responsible_department_id).exists()
    )


def may_read_opinions(actor: Actor, proposal: Proposal) -> bool:
    """Return whether the actor may read what others think: before the decision, those who handle it."""
    return bool(proposal.outcome) or may_handle(actor, proposal) or may_give_opinion(actor, proposal)


def require_part(actor: Actor, proposal: Proposal) -> None:
    """Let the running operation go on only for an author (or the installation itself).

    Raises:
        PermissionRefused: for anybody else.
    """
    if not (actor.is_system or is_author(actor, proposal)):
        raise PermissionRefused(actor, Verb.EDIT)
    require(actor, Verb.VIEW, own_organisation(actor, proposal.organisation))


def require_handling(actor: Actor, proposal: Proposal, verb: Verb = Verb.EDIT) -> None:
    """Let the running operation go on only for somebody who may handle the proposal and has no part in it.

    Raises:
        PermissionRefused: when the role does not grant ``verb``, or the actor proposes it.
    """
    require(actor, verb, proposal.organisation)
    if takes_part(actor, proposal):
        raise PermissionRefused(actor, verb)


def require_reader(actor: Actor, proposal: Proposal) -> None:
    """Let the running operation go on only for a member who may see the proposal.

    Raises:
        PermissionRefused: for anybody else.
    """
    if not Proposal.objects.visible_to(actor).filter(pk=proposal.pk).exists():
        raise PermissionRefused(actor, Verb.VIEW)
    require(actor, Verb.VIEW, own_organisation(actor, proposal.organisation))


def own_organisation(actor: Actor, preferred: Organisation) -> Organisation:
    """Return the organisation in whose name a member takes part: the preferred one, else an own one."""
    if actor.is_system or preferred.pk in actor.organisation_ids or not actor.memberships:
        return preferred
    return Organisation.objects.get(pk=actor.memberships[0].organisation_id)
