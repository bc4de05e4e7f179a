"""Ask somebody to propose together."""

from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.public import Membership, User
from yui.people.practices.engine.proposal_states import Stage, Step, steps_from
from yui.people.practices.models import AuthorState, Proposal, ProposalAuthor
from yui.people.practices.operations.proposals.errors import (
    AlreadyAuthor,
    JudgeCannotPropose,
    PersonUnknown,
    WrongStage,
)
from yui.people.practices.operations.proposals.keeping import locked_proposal, tell
from yui.people.practices.operations.proposals.notices import INVITED, tell_people
from yui.people.practices.policies_proposals import author_states, has_judged, require_part

WHY = "a colleague of any ward can be asked to propose together"


@operation("practices.proposal.invite_author")
def invite_author(actor: Actor, *, proposal: Proposal, username: str) -> ProposalAuthor:
    """Ask a colleague of any ward to be a co-author; he or she is named only after agreeing.

    A colleague of another ward brings the ward in: it takes part, and sees the proposal from then on.

    Raises:
        PermissionRefused: for anybody but an author.
        WrongStage: when it has been handed in.
        PersonUnknown: when nobody in office has the 職員ID.
        AlreadyAuthor: when the person was asked before.
        JudgeCannotPropose: when the person has given an opinion on it.
    """
    stored = locked_proposal(proposal)
    require_part(actor, stored)
    if Step.SUBMIT not in steps_from(Stage(stored.stage)):
        raise WrongStage(stored.get_stage_display())
    user, home = colleague(username, stored.organisation)
    author = add_author(stored, user, home)
    tell(stored, "に共同提案者を誘いました。", by_author=True)
    tell_people(
        [user.pk],
        stored,
        kind=INVITED,
        title="改善提案の共同提案者に誘われました",
        body=stored.title,
    )
    return author


def colleague(username: str, preferred: Organisation) -> tuple[User, Organisation]:
    """Return the person with a 職員ID and the organisation in which he or she works, the preferred one first.

    Raises:
        PersonUnknown: when nobody in office has it.
    """
    working = Membership.objects.unscoped(WHY).not_ended().select_related("user", "organisation")
    found = list(working.filter(user__username=username.strip().lower(), user__is_active=True))
    if not found:
        raise PersonUnknown(username)
    own = [membership for membership in found if membership.organisation_id == preferred.pk]
    chosen = (own or found)[0]
    return chosen.user, chosen.organisation


def add_author(stored: Proposal, user: User, home: Organisation) -> ProposalAuthor:
    """Write the invitation of a person, and let the person's ward see the proposal.

    Raises:
        AlreadyAuthor: when the person was asked before.
        JudgeCannotPropose: when the person has given an opinion on it.
    """
    if user.pk in author_states(stored):
        raise AlreadyAuthor(user.name)
    if has_judged(user.pk, stored):
        raise JudgeCannotPropose(user.name)
    author: ProposalAuthor = ProposalAuthor.objects.create(
        proposal=stored, user=user, organisation=home, state=AuthorState.INVITED
    )
    if home.pk != stored.organisation_id:
        stored.participants.add(home)
        if stored.visibility == Visibility.OWN:
            stored.visibility = Visibility.PARTICIPANTS
            save_checked(stored)
    return author
