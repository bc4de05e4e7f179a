"""Report a change as done."""

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.operations.saving import change_record
from yui.kernel.policy import Actor, Verb, require
from yui.registry.models import Change, ChangeStatus
from yui.registry.operations.change_decisions import locked


@operation("registry.change.complete")
def complete_change(actor: Actor, *, change: Change, result: str = "") -> None:
    """Report that an approved change was carried out, and how it went.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's ledger.
        WrongChangeStatus: when it is not approved, or was completed before.
    """
    require(actor, Verb.EDIT, change.system.organisation)
    stored = locked(change, ChangeStatus.APPROVED)
    changes = change_record(stored, {"status": ChangeStatus.DONE.value, "done_at": now(), "result": result})
    record(
        stored.system.organisation,
        subject=urn("registry.change", stored.pk),
        summary=f"「{stored.system.name}」の変更「{stored.title}」が完了しました。",
        changes=changes,
    )
