"""Make one proposal of two that say the same."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.organisations.public import User
from yui.people.practices.engine.proposal_states import OPEN_TO_VOTES, Step
from yui.people.practices.models import AuthorState, Proposal, ProposalAuthor, ProposalVote
from yui.people.practices.operations.proposals.errors import NotIntoItself
from yui.people.practices.operations.proposals.invite_author import add_author
from yui.people.practices.operations.proposals.keeping import locked_proposal, proposal_urn, tell
from yui.people.practices.operations.proposals.notices import INVITED, tell_authors, tell_people
from yui.people.practices.operations.proposals.stepping import move
from yui.people.practices.operations.proposals.votes import translated_votes
from yui.people.practices.policies_proposals import author_states, has_judged, require_handling


@operation("practices.proposal.merge")
def merge_proposals(actor: Actor, *, proposal: Proposal, into: Proposal, words: str = "") -> None:
    """End ``proposal`` as a part of ``into``: its address leads there, its votes count there once each.

    Its authors are asked whether they want to be authors of the other one.

    Raises:
        PermissionRefused: when the actor may not edit for the ward, or proposes one of the two.
        NotIntoItself: when ``into`` is the same, another ward's, or decided.
        WrongStage: when ``proposal`` is decided or has ended.
    """
    first, second = sorted((proposal, into), key=lambda each: each.pk)
    locked = {each.pk: locked_proposal(each) for each in (first, second)}
    source, target = locked[proposal.pk], locked[into.pk]
    require_handling(actor, source)
    require_handling(actor, target)
    if source.pk == target.pk or source.organisation_id != target.organisation_id:
        raise NotIntoItself
    if target.stage not in OPEN_TO_VOTES:
        raise NotIntoItself
    move(actor, source, Step.MERGE, words or target.number, merged_into=target)
    votes = translated_votes(source, target, User.objects.order_by().values_list("pk", flat=True))
    ProposalVote.objects.bulk_create(votes)
    ProposalVote.objects.owned_by(source.organisation).filter(proposal=source).delete()
    asked = _invite_authors(source, target)
    tell(source, f"を{target.number}に統合しました。", data={"into": proposal_urn(target)})
    tell_authors(source, title="あなたの改善提案が、似た提案に統合されました", body=target.number)
    tell_people(
        asked,
        target,
        kind=INVITED,
        title="改善提案の共同提案者に誘われました",
        body=target.title,
    )


def _invite_authors(source: Proposal, target: Proposal) -> list[int]:
    """Ask the authors of ``source`` to join ``target``, but for those who belong to it or have judged it."""
    known = author_states(target)
    authors = ProposalAuthor.objects.owned_by(source.organisation).filter(
        proposal=source, state=AuthorState.ACCEPTED
    )
    asked = []
    for author in authors.select_related("user", "organisation"):
        if author.user_id not in known and not has_judged(author.user_id, target):
            add_author(target, author.user, author.organisation)
            asked.append(author.user_id)
    return asked
