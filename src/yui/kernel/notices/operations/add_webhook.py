"""Let notices be posted to a channel."""

from collections.abc import Collection

from yui.kernel.links import urn
from yui.kernel.notices.errors import NothingToTell
from yui.kernel.notices.models import NoticeWebhook
from yui.kernel.notices.registry import notice_kinds
from yui.kernel.notices.webhook_hosts import require_webhook_address
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation


@operation("notices.webhook.add")
def add_webhook(
    actor: Actor, *, organisation: Organisation, title: str, url: str, format: str, kinds: Collection[str]
) -> NoticeWebhook:
    """Add a channel; its address is a secret, so the ledger keeps its host only.

    Args:
        actor: an administrator of the organisation.
        organisation: whose notices are posted.
        title: how administrators know the channel.
        url: an https address on a host that the installation allows.
        format: one of ``WebhookFormat``.
        kinds: codes of registered kinds, at least one.

    Raises:
        PermissionRefused: when the actor does not administer the organisation.
        NotEncrypted, HostNotAllowed, NothingToTell: saying what to change.
        ValidationError: for a name or a format that cannot be.
    """
    require(actor, Verb.ADMINISTER, organisation)
    require_webhook_address(url)
    wanted = sorted(set(kinds) & {kind.code for kind in notice_kinds()})
    if not wanted:
        raise NothingToTell
    webhook = NoticeWebhook(
        organisation=organisation, title=title.strip(), url=url, format=format, kinds=wanted
    )
    webhook.full_clean()
    webhook.save()
    record(
        organisation,
        subject=urn("notices.webhook", webhook.pk),
        summary=f"通知の送り先「{webhook.title}」を加えました",
        data={"host": webhook.host, "format": format, "kinds": wanted},
    )
    return webhook
