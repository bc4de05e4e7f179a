"""Asking for the approval of a draft."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb, require
from yui.transition.costs.models import AllocationRuleVersion, AllocationState
from yui.transition.costs.operations.allocation_decisions import locked, record_step


@operation("costs.allocation_version.submit")
def submit_allocation_version(actor: Actor, *, version: AllocationRuleVersion) -> AllocationRuleVersion:
    """Lay a draft before those who approve; the actor becomes its proposer.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
        WrongAllocationState: when it is no draft.
    """
    require(actor, Verb.EDIT, version.organisation)
    stored = locked(version, AllocationState.DRAFT)
    stored.state, stored.note = AllocationState.SUBMITTED, ""
    stored.proposed_by_id, stored.proposed_by_name = actor.user_id, actor.name
    stored.full_clean()
    stored.save()
    record_step(stored, AllocationState.DRAFT, "の承認を求めました", to_receivers=False)
    return stored
