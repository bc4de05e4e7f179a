"""Who may take which step with an allocation version."""

from yui.kernel.policy import Actor, Verb, allows
from yui.transition.costs.models import AllocationRuleVersion, AllocationState


def steps_for(actor: Actor, version: AllocationRuleVersion) -> frozenset[str]:
    """Return the steps that the actor may take now: edit, submit, withdraw, approve, reject, retire."""
    owner, state = version.organisation, version.state
    steps = set()
    if allows(actor, Verb.EDIT, owner):
        if state == AllocationState.DRAFT:
            steps |= {"edit", "submit"}
        elif state == AllocationState.SUBMITTED:
            steps.add("withdraw")
    if allows(actor, Verb.APPROVE, owner):
        proposed_it = actor.user_id is not None and actor.user_id == version.proposed_by_id
        if state == AllocationState.SUBMITTED and not proposed_it:
            steps |= {"approve", "reject"}
        elif state == AllocationState.APPROVED:
            steps.add("retire")
    return frozenset(steps)
