"""Who hears of what happens to a proposal."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from yui.kernel.notices.public import MailTiming, NoticeKind, notify
from yui.people.practices.models import AuthorState, Proposal, ProposalAuthor
from yui.people.practices.operations.proposals.keeping import proposal_urn

STEP, INVITED, DUE = "practices.proposal.step", "practices.proposal.invited", "practices.proposal.due"
NOTICE_KINDS = (
    NoticeKind(STEP, _("自分の改善提案が進んだとき"), MailTiming.DAILY),
    NoticeKind(INVITED, _("改善提案の共同提案者に誘われたとき"), MailTiming.DAILY),
    NoticeKind(DUE, _("改善提案の期限"), MailTiming.DAILY),
)


def people_of(proposal: Proposal) -> list[int]:
    """Return the people who propose it, having agreed to."""
    authors = ProposalAuthor.objects.owned_by(proposal.organisation).filter(
        proposal=proposal, state=AuthorState.ACCEPTED
    )
    return list(authors.order_by("user_id").values_list("user_id", flat=True))


def tell_authors(proposal: Proposal, *, title: str, body: str = "") -> int:
    """Tell everybody who proposes it; return how many people were told."""
    return tell_people(people_of(proposal), proposal, kind=STEP, title=title, body=body)


def tell_people(
    recipients: Iterable[int], proposal: Proposal, *, kind: str, title: str, body: str = ""
) -> int:
    """Tell people who may see a proposal of something about it; return how many were told."""
    return notify(
        recipients,
        kind=kind,
        title=title,
        body=body or str(proposal),
        url=proposal.get_absolute_url(),
        urn=proposal_urn(proposal),
        organisation=proposal.organisation,
    )
