"""Stop a sender."""

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb
from yui.security.soc.models import LogSender
from yui.security.soc.operations.recording import record_watched
from yui.security.soc.operations.senders.errors import AlreadyRevoked
from yui.security.soc.policies import require_watch


@operation("soc.sender.revoke")
def revoke_sender(actor: Actor, *, sender: LogSender, reason: str = "") -> None:
    """Refuse what the sender sends from now on; the ward may do it, and the body that watches for it.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        AlreadyRevoked: when it was stopped before.
    """
    ward = sender.organisation
    require_watch(actor, Verb.EDIT, ward)
    stored = LogSender.objects.owned_by(ward).select_for_update(of=("self",)).get(pk=sender.pk)
    if stored.revoked_at is not None:
        raise AlreadyRevoked
    stored.revoked_at = now()
    stored.save(update_fields=["revoked_at", "updated_at"])
    record_watched(
        actor,
        ward,
        kind="soc.sender.revoke",
        subject=urn("soc.sender", stored.pk),
        summary=f"ログの送信元「{stored.name}」を止めました。",
        changes={"revoked_at": [None, stored.revoked_at]},
        data={"reason": reason},
    )
