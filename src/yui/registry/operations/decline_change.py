"""Refuse a change."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb, require
from yui.registry.models import Change, ChangeStatus
from yui.registry.operations.change_decisions import decide


@operation("registry.change.decline")
def decline_change(actor: Actor, *, change: Change, reason: str) -> None:
    """Refuse a requested change and say why.

    Raises:
        PermissionRefused: when the actor may not approve in the organisation.
        TwoPeopleNeeded: when the actor asked for the change.
        WrongChangeStatus: when it was decided before.
    """
    require(actor, Verb.APPROVE, change.system.organisation)
    decide(actor, change, ChangeStatus.DECLINED, "却下しました。", result=reason)
