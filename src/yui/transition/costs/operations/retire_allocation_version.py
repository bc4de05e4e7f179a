"""Ending a version."""

from yui.kernel.calendar_jp import Month
from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb, require
from yui.transition.costs.models import AllocationRuleVersion, AllocationState
from yui.transition.costs.operations.allocate_costs import reallocate
from yui.transition.costs.operations.allocation_decisions import locked, record_step, stated


@operation("costs.allocation_version.retire")
def retire_allocation_version(
    actor: Actor, *, version: AllocationRuleVersion, last_month: Month | None, because: str
) -> AllocationRuleVersion:
    """Let an approved version divide no month after ``last_month`` (none at all for ``None``).

    Raises:
        PermissionRefused: when the actor may not approve in the organisation.
        WrongAllocationState: when it is not in force.
        ReasonMissing: without a reason.
        ValidationError: when the last month lies before the first.
    """
    require(actor, Verb.APPROVE, version.organisation)
    stored = locked(version, AllocationState.APPROVED)
    last = str(last_month or "")
    if last and stored.valid_to:
        last = min(last, stored.valid_to)
    stored.state, stored.valid_to, stored.note = AllocationState.RETIRED, last, stated(because)
    stored.full_clean()
    stored.save()
    reallocate(stored.organisation)
    until = f"{last}で" if last else "初めから"
    record_step(stored, AllocationState.APPROVED, f"を{until}廃止しました({stored.note})", to_receivers=True)
    return stored
