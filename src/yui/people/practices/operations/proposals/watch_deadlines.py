"""Tell people of stages that last too long, and of effects that should be looked at again."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from yui.kernel.policy import Role
from yui.kernel.scope.models import Organisation
from yui.organisations.public import Membership
from yui.people.practices.models import Proposal, ProposalStage
from yui.people.practices.operations.proposals.notices import DUE, people_of, tell_people

WHY = "the clock over the deadlines of every ward"


def watch_deadlines(day: date) -> int:
    """Tell of what is overdue, once for each deadline, and of effects to confirm; return how many were told.

    Whoever looks after the proposal is told, else the ward's administrators; a returned proposal waits for
    its authors.
    """
    proposals = Proposal.objects.unscoped(WHY).select_related("organisation")
    late = proposals.overdue(day).exclude(told_due_on=F("due_on"))
    told = sum(
        _tell(each, f"改善提案の「{each.get_stage_display()}」が期限を過ぎました", told_due_on=each.due_on)
        for each in late
    )
    to_confirm = proposals.filter(next_check_on__lte=day).exclude(told_check_on=F("next_check_on"))
    return told + sum(
        _tell(each, "改善提案の効果を、もう一度確かめる時期です", told_check_on=each.next_check_on)
        for each in to_confirm
    )


def _tell(proposal: Proposal, title: str, **day: date | None) -> int:
    """Tell whoever the proposal waits for, and remember the day of which they know now."""
    told = tell_people(_waited_for(proposal), proposal, kind=DUE, title=title)
    Proposal.objects.unscoped(WHY).filter(pk=proposal.pk).update(**day)
    return told


def _waited_for(proposal: Proposal) -> Iterable[int]:
    """Return the people for whom the proposal waits."""
    if proposal.stage == ProposalStage.RETURNED:
        return people_of(proposal)
    if proposal.owner_id is not None:
        return [proposal.owner_id]
    return administrators(proposal.organisation)


def administrators(organisation: Organisation) -> list[int]:
    """Return the people who administer an organisation today."""
    working = Membership.objects.owned_by(organisation).not_ended().filter(role=Role.ADMINISTRATOR)
    return list(working.order_by("user_id").values_list("user_id", flat=True).distinct())
