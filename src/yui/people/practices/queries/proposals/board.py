"""What waits at the secretariat: by stage, what is overdue first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from yui.kernel.calendar_jp import business_days_between
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.people.practices.models import Proposal, ProposalStage
from yui.people.practices.queries.proposals.listing import proposals_for

WAITING = (
    ProposalStage.RECEIVED,
    ProposalStage.REVIEW,
    ProposalStage.RETURNED,
    ProposalStage.ADOPTED,
    ProposalStage.PARTLY,
    ProposalStage.IMPLEMENTED,
    ProposalStage.MEASURED,
)
MOST_PER_STAGE = 50


@dataclass(frozen=True)
class Waiting:
    """One proposal that waits; ``late_by`` counts the business days since its deadline."""

    proposal: Proposal
    late_by: int

    @property
    def is_late(self) -> bool:
        """Whether its deadline has passed."""
        return self.late_by > 0


@dataclass(frozen=True)
class BoardStage:
    """What waits in one stage; ``count`` and ``late`` hold for all, ``waiting`` for those that are shown."""

    stage: str
    title: Any
    count: int
    late: int
    waiting: Sequence[Waiting]


def board_of(actor: Actor, organisation: Organisation, day: date) -> list[BoardStage]:
    """Return what waits in an organisation, as far as the actor may see it, overdue first."""
    proposals = (
        proposals_for(actor)
        .filter(organisation=organisation, stage__in=WAITING)
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )
    by_stage: dict[str, list[Waiting]] = {stage.value: [] for stage in WAITING}
    for proposal in proposals:
        by_stage[proposal.stage].append(Waiting(proposal, days_late(proposal, day)))
    return [
        BoardStage(
            stage.value,
            stage.label,
            len(by_stage[stage]),
            sum(each.is_late for each in by_stage[stage]),
            by_stage[stage][:MOST_PER_STAGE],
        )
        for stage in WAITING
    ]


def to_confirm(actor: Actor, organisation: Organisation, day: date) -> list[Proposal]:
    """Return the proposals whose effect should be looked at again by a day."""
    found = proposals_for(actor).filter(organisation=organisation, next_check_on__lte=day)
    return list(found.order_by("next_check_on", "pk"))


def days_late(proposal: Proposal, day: date) -> int:
    """Return how many business days ago the deadline of a proposal was, at least one; 0 while in time."""
    if proposal.due_on is None or proposal.due_on >= day:
        return 0
    return max(1, business_days_between(proposal.due_on, day))
