"""What the steps of a version have in common."""

from yui.kernel.links import urn
from yui.kernel.operations import record
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.transition.costs.errors import ReasonMissing, SecondPersonNeeded, WrongAllocationState
from yui.transition.costs.models import (
    AllocationRule,
    AllocationRuleVersion,
    AllocationShare,
    AllocationState,
)


def locked(version: AllocationRuleVersion, expected: AllocationState) -> AllocationRuleVersion:
    """Return the stored version if it is in the expected state, with its rule locked first.

    The lock on the rule lets the steps of all its versions happen one after the other.

    Raises:
        WrongAllocationState: when somebody has moved it on meanwhile.
    """
    rules = AllocationRule.objects.owned_by(version.organisation).select_for_update(of=("self",))
    rule = rules.select_related("organisation").get(pk=version.rule_id)
    versions = AllocationRuleVersion.objects.owned_by(version.organisation).select_related("organisation")
    stored: AllocationRuleVersion = versions.get(pk=version.pk)
    stored.rule = rule
    if stored.state != expected:
        raise WrongAllocationState(stored.get_state_display())
    return stored


def demand_second_person(actor: Actor, version: AllocationRuleVersion) -> None:
    """Refuse the person who proposed the version.

    Raises:
        SecondPersonNeeded: when it was the actor.
    """
    if actor.user_id is not None and actor.user_id == version.proposed_by_id:
        raise SecondPersonNeeded


def stated(reason: str) -> str:
    """Return the reason without blanks around it.

    Raises:
        ReasonMissing: when there is none.
    """
    text = reason.strip()
    if not text:
        raise ReasonMissing
    return text


def receivers_of(version: AllocationRuleVersion) -> list[Organisation]:
    """Return who receives, for callers that checked access."""
    shares = AllocationShare.objects.owned_by(version.organisation).filter(version=version)
    return [share.receiver for share in shares.select_related("receiver")]


def record_step(version: AllocationRuleVersion, before: str, summary: str, *, to_receivers: bool) -> None:
    """Write a step into the ledger of the owner, and of every receiver whose costs it moves."""
    told: list[Organisation] = [version.organisation]
    if to_receivers:
        told += [receiver for receiver in receivers_of(version) if receiver != version.organisation]
    for organisation in told:
        record(
            organisation,
            subject=urn("costs.allocation_version", version.pk),
            summary=f"配賦ルール「{version.rule.name}」の第{version.number}版{summary}",
            changes={"状態": [AllocationState(before).label, version.get_state_display()]},
        )
