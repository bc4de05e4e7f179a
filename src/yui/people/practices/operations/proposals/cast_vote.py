"""Vote for a proposal, and take the vote back."""

from django.conf import settings

from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.people.practices.engine.proposal_states import OPEN_TO_VOTES
from yui.people.practices.models import Proposal, ProposalVote
from yui.people.practices.operations.proposals.errors import OwnProposal, WrongStage
from yui.people.practices.operations.proposals.votes import digest_of, digests_of, has_voted
from yui.people.practices.policies_proposals import require_reader, takes_part

UNTOLD = "a vote leaves no line: its time beside the log of requests would name the voter"


@operation("practices.proposal.vote")
def cast_vote(actor: Actor, *, proposal: Proposal) -> bool:
    """Vote for a proposal that is not decided; a second vote of the same person changes nothing.

    Nothing but a digest is kept: no person, no time, no line in the ledger and no event. The ledger takes
    the number of votes when the proposal is decided.

    Returns:
        Whether the vote is new.

    Raises:
        PermissionRefused: for whoever does not see the proposal, and for the installation itself.
        OwnProposal: for its authors.
        WrongStage: when it is decided or has ended.
    """
    user_id = _voter(actor, proposal)
    record_nothing(UNTOLD)
    if has_voted(proposal, user_id):
        return False
    digest = digest_of(settings.SECRET_KEY, proposal.pk, user_id)
    _vote, is_new = ProposalVote.objects.unscoped(UNTOLD).get_or_create(
        digest=digest, defaults={"proposal": proposal}
    )
    return bool(is_new)


@operation("practices.proposal.take_vote_back")
def take_vote_back(actor: Actor, *, proposal: Proposal) -> bool:
    """Take the own vote back while voting goes on.

    Returns:
        Whether there was one.

    Raises:
        PermissionRefused, OwnProposal, WrongStage: as for voting.
    """
    user_id = _voter(actor, proposal)
    record_nothing(UNTOLD)
    mine = ProposalVote.objects.unscoped(UNTOLD).filter(
        proposal=proposal, digest__in=digests_of(proposal.pk, user_id)
    )
    removed, _rows = mine.delete()
    return bool(removed)


def _voter(actor: Actor, proposal: Proposal) -> int:
    """Return the number of the person who may vote now."""
    require_reader(actor, proposal)
    if actor.user_id is None:
        raise PermissionRefused(actor, Verb.VIEW)
    stored = Proposal.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=proposal.pk)
    if takes_part(actor, stored):
        raise OwnProposal
    if stored.stage not in OPEN_TO_VOTES:
        raise WrongStage(stored.get_stage_display())
    return actor.user_id
