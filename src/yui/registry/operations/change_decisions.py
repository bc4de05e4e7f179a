"""What agreeing to a change and refusing it have in common."""

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.operations import record
from yui.kernel.operations.saving import change_record
from yui.kernel.policy import Actor
from yui.registry.errors import TwoPeopleNeeded, WrongChangeStatus
from yui.registry.models import Change, ChangeStatus
from yui.registry.policies import asked_for


def locked(change: Change, expected: ChangeStatus) -> Change:
    """Return the stored change, locked, if it is in the expected state.

    Raises:
        WrongChangeStatus: when somebody has moved it on meanwhile.
    """
    stored = (
        Change.objects.owned_by(change.system.organisation)
        .select_for_update(of=("self",))
        .select_related("system__organisation")
        .get(pk=change.pk)
    )
    if stored.status != expected:
        raise WrongChangeStatus(stored.get_status_display())
    return stored


def decide(actor: Actor, change: Change, status: ChangeStatus, verb: str, result: str = "") -> None:
    """Write the decision of a person who did not ask for the change; permission is checked by the caller."""
    stored = locked(change, ChangeStatus.REQUESTED)
    if asked_for(actor, stored):
        raise TwoPeopleNeeded
    values = {"status": status.value, "decided_by_id": actor.user_id, "decided_at": now(), "result": result}
    changes = change_record(stored, values)
    record(
        stored.system.organisation,
        subject=urn("registry.change", stored.pk),
        summary=f"「{stored.system.name}」の変更「{stored.title}」を{verb}",
        changes={name: pair for name, pair in changes.items() if name != "decided_by_id"},
    )
