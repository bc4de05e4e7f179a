"""What tests of proposals stand on: proposals of 港区 at every stage of their way."""

from datetime import date

from yui.people.practices.models import Proposal
from yui.people.practices.operations.proposals import (
    begin_review,
    decide_proposal,
    draft_proposal,
    implement_proposal,
    record_effect,
    submit_proposal,
)
from yui.people.practices.operations.proposals.facts import EffectFacts, PastProposal, ProposalFacts
from yui.people.practices.operations.proposals.take_in_proposal import take_in_proposal


def facts(**values) -> ProposalFacts:
    """Return a proposal's facts with something in every field that handing in needs."""
    usual = {
        "kind": "idea",
        "title": "記入見本を置く",
        "present": "聞かれることが多い。",
        "idea": "見本を置く。",
    }
    return ProposalFacts(**(usual | values))


def measured(**values) -> EffectFacts:
    """Return a first measurement: ten minutes became four, 600 times a year."""
    usual = {
        "phase": "first",
        "grade": "measured",
        "measured_on": date(2026, 6, 1),
        "minutes_before": 10,
        "minutes_after": 4,
        "volume": 600,
        "yen_yearly": 120_000,
    }
    return EffectFacts(**(usual | values))


def past(key="k1", **values) -> PastProposal:
    """Return a proposal of another register."""
    stated = {
        "fiscal_year": 2025,
        "stage": "adopted",
        "outcome": "adopted",
        "submitted_on": date(2025, 6, 1),
        "decided_on": date(2025, 7, 1),
    }
    kind = values.pop("kind", "idea")
    title = values.pop("title", f"過去の提案{key}")
    return PastProposal(source_key=key, facts=facts(kind=kind, title=title), **(stated | values))


def take_in_many(actor, organisation, count: int, *, prefix: str = "k", **values) -> None:
    """Take in so many proposals of another register."""
    for number in range(count):
        take_in_proposal(actor, organisation=organisation, past=past(f"{prefix}{number}", **values))


class Way:
    """Leads proposals of 港区 along: an author, and an officer and an administrator without part in them."""

    def __init__(self, organisation, author, officer, administrator) -> None:
        self.organisation = organisation
        self.author, self.officer, self.administrator = author, officer, administrator

    def draft(self, **values) -> Proposal:
        """Return a draft of the author's."""
        return draft_proposal(self.author, organisation=self.organisation, facts=facts(**values))

    def submitted(self, **values) -> Proposal:
        """Return a proposal that was handed in."""
        proposal = self.draft(**values)
        submit_proposal(self.author, proposal=proposal)
        return self.again(proposal)

    def in_review(self, **values) -> Proposal:
        """Return a proposal under consideration."""
        proposal = self.submitted(**values)
        begin_review(self.officer, proposal=proposal)
        return self.again(proposal)

    def decided(self, outcome="adopted", reason="よい案です。", **values) -> Proposal:
        """Return a proposal that was decided."""
        proposal = self.in_review(**values)
        decide_proposal(self.administrator, proposal=proposal, outcome=outcome, reason=reason)
        return self.again(proposal)

    def implemented(self, **values) -> Proposal:
        """Return a proposal that is in use."""
        proposal = self.decided(**values)
        implement_proposal(self.officer, proposal=proposal, implemented_on=date(2026, 5, 1))
        return self.again(proposal)

    def measured(self, **values) -> Proposal:
        """Return a proposal whose effect is known."""
        proposal = self.implemented()
        record_effect(self.officer, proposal=proposal, facts=measured(**values))
        return self.again(proposal)

    def again(self, proposal: Proposal) -> Proposal:
        """Return the proposal as it is stored now."""
        return Proposal.objects.owned_by(self.organisation).select_related("organisation").get(pk=proposal.pk)
