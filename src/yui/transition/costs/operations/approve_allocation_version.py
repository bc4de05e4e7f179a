"""Putting a version into force."""

from yui.kernel.calendar_jp import Month, now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Visibility
from yui.transition.costs.errors import VersionsOverlap
from yui.transition.costs.models import AllocationRuleVersion, AllocationState
from yui.transition.costs.operations.allocate_costs import reallocate
from yui.transition.costs.operations.allocation_decisions import (
    demand_second_person,
    locked,
    receivers_of,
    record_step,
)
from yui.transition.costs.queries.allocation_book import overlap


@operation("costs.allocation_version.approve")
def approve_allocation_version(actor: Actor, *, version: AllocationRuleVersion) -> AllocationRuleVersion:
    """Let a submitted version divide the costs of its months, and allocate them anew.

    From then on its receivers see rule and version, their own shares, and the bill lines behind these. An
    approved version that stands open and began earlier ends with the month before this one begins.

    Raises:
        PermissionRefused: when the actor may not approve in the organisation.
        SecondPersonNeeded: when the actor proposed it.
        WrongAllocationState: when it does not wait for approval.
        VersionsOverlap: when another version divides one of its months.
    """
    require(actor, Verb.APPROVE, version.organisation)
    stored = locked(version, AllocationState.SUBMITTED)
    demand_second_person(actor, stored)
    ended = _end_the_one_before(stored)
    stored.state, stored.visibility = AllocationState.APPROVED, Visibility.PARTICIPANTS
    stored.decided_by_id, stored.decided_by_name, stored.approved_at = actor.user_id, actor.name, now()
    stored.full_clean()
    stored.save()
    receivers = receivers_of(stored)
    stored.participants.add(*receivers)
    stored.rule.visibility = Visibility.PARTICIPANTS
    stored.rule.save(update_fields=["visibility", "updated_at"])
    stored.rule.participants.add(*receivers)
    reallocate(stored.organisation)
    summary = f"を承認しました。第{ended.number}版は{ended.valid_to}までです" if ended else "を承認しました"
    record_step(stored, AllocationState.SUBMITTED, summary, to_receivers=True)
    return stored


def _end_the_one_before(version: AllocationRuleVersion) -> AllocationRuleVersion | None:
    """End an open version that began earlier; refuse every other overlap."""
    applying = AllocationRuleVersion.objects.owned_by(version.organisation).that_apply()
    ended = None
    for other in applying.filter(rule=version.rule).exclude(pk=version.pk):
        if not overlap(other, version):
            continue
        if other.valid_to or other.valid_from >= version.valid_from:
            raise VersionsOverlap(other.number, other.valid_from, other.valid_to)
        other.valid_to = str(Month.parse(version.valid_from).previous())
        other.save(update_fields=["valid_to", "updated_at"])
        ended = other
    return ended
