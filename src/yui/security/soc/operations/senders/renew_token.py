"""Give a sender a new token; the old one stops at once."""

from django.utils.translation import gettext_lazy as _

from yui.kernel.links import urn
from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb, require
from yui.security.soc.models import LogSender, SenderProof
from yui.security.soc.operations.recording import record_watched
from yui.security.soc.operations.senders.errors import AlreadyRevoked, SenderError
from yui.security.soc.operations.senders.proofs import new_token, token_sha256


@operation("soc.sender.renew_token")
def renew_token(actor: Actor, *, sender: LogSender) -> str:
    """Return the new token in clear: shown once, kept nowhere.

    Raises:
        PermissionRefused: when the actor may not edit the ward's records.
        AlreadyRevoked: when the sender was stopped.
        SenderError: when it proves itself by something else than a token.
    """
    ward = sender.organisation
    require(actor, Verb.EDIT, ward)
    stored = LogSender.objects.owned_by(ward).select_for_update(of=("self",)).get(pk=sender.pk)
    if stored.revoked_at is not None:
        raise AlreadyRevoked
    if stored.proof != SenderProof.TOKEN:
        raise SenderError(_("この送信元はトークンを使いません。"))
    token = new_token()
    before = stored.secret_hint
    stored.secret_sha256, stored.secret_hint = token_sha256(token), token[-4:]
    stored.save(update_fields=["secret_sha256", "secret_hint", "updated_at"])
    record_watched(
        actor,
        ward,
        kind="soc.sender.renew_token",
        subject=urn("soc.sender", stored.pk),
        summary=f"ログの送信元「{stored.name}」のトークンを新しくしました。",
        changes={"secret_hint": [before, stored.secret_hint]},
    )
    return token
