"""How operations read, write and report proposals."""

from collections.abc import Mapping
from typing import Any

from yui.kernel.links import urn
from yui.kernel.operations import record
from yui.kernel.scope.models import Visibility
from yui.people.practices.models import Proposal

NAMELESS = "提案者"
"""How events name an author whose name is hidden, or who has not handed anything in."""


def proposal_urn(proposal: Proposal) -> str:
    """Return the proposal's URN."""
    return urn("practices.proposal", proposal.pk)


def locked_proposal(proposal: Proposal) -> Proposal:
    """Return the proposal as it is stored, locked until the operation ends."""
    stored: Proposal = (
        Proposal.objects.owned_by(proposal.organisation)
        .select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=proposal.pk)
    )
    return stored


def tell(
    proposal: Proposal,
    sentence: str,
    *,
    by_author: bool = False,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Record what the running operation did.

    A draft is told of without its title. The event names an author only where the name is no secret; the
    ledger, which auditors read, keeps who it was.
    """
    is_handed_in = bool(proposal.number)
    name = f"{proposal.number}「{proposal.title}」" if is_handed_in else "(起案中)"
    is_hidden = by_author and (proposal.hides_authors or not is_handed_in)
    is_shared = is_handed_in and proposal.visibility == Visibility.WARDS
    record(
        proposal.organisation,
        subject=proposal_urn(proposal),
        summary=f"改善提案{name}{sentence}",
        changes=changes if is_handed_in else None,
        data=data,
        visibility=Visibility.WARDS if is_shared else Visibility.OWN,
        shown_as=NAMELESS if is_hidden else "",
    )
