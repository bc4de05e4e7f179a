"""Taking a version back from those who approve."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb, require
from yui.transition.costs.models import AllocationRuleVersion, AllocationState
from yui.transition.costs.operations.allocation_decisions import locked, record_step


@operation("costs.allocation_version.withdraw")
def withdraw_allocation_version(actor: Actor, *, version: AllocationRuleVersion) -> AllocationRuleVersion:
    """Make a submitted version a draft again.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
        WrongAllocationState: when it does not wait for approval.
    """
    require(actor, Verb.EDIT, version.organisation)
    stored = locked(version, AllocationState.SUBMITTED)
    stored.state = AllocationState.DRAFT
    stored.save(update_fields=["state", "updated_at"])
    record_step(stored, AllocationState.SUBMITTED, "を取り下げました", to_receivers=False)
    return stored
