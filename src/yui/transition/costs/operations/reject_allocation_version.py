"""Sending a version back to those who drafted it."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb, require
from yui.transition.costs.models import AllocationRuleVersion, AllocationState
from yui.transition.costs.operations.allocation_decisions import (
    demand_second_person,
    locked,
    record_step,
    stated,
)


@operation("costs.allocation_version.reject")
def reject_allocation_version(
    actor: Actor, *, version: AllocationRuleVersion, because: str
) -> AllocationRuleVersion:
    """Make a submitted version a draft again, for a stated reason.

    Raises:
        PermissionRefused: when the actor may not approve in the organisation.
        SecondPersonNeeded: when the actor proposed it (he may withdraw it instead).
        WrongAllocationState: when it does not wait for approval.
        ReasonMissing: without a reason.
    """
    require(actor, Verb.APPROVE, version.organisation)
    stored = locked(version, AllocationState.SUBMITTED)
    demand_second_person(actor, stored)
    stored.state, stored.note = AllocationState.DRAFT, stated(because)
    stored.full_clean()
    stored.save()
    record_step(stored, AllocationState.SUBMITTED, f"を差し戻しました({stored.note})", to_receivers=False)
    return stored
