"""Forget a channel."""

from yui.kernel.links import urn
from yui.kernel.notices.models import NoticeWebhook
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require


@operation("notices.webhook.delete")
def delete_webhook(actor: Actor, *, webhook: NoticeWebhook) -> None:
    """Delete a channel with its secret address.

    Raises:
        PermissionRefused: when the actor does not administer the organisation.
    """
    require(actor, Verb.ADMINISTER, webhook.organisation)
    record(
        webhook.organisation,
        subject=urn("notices.webhook", webhook.pk),
        summary=f"通知の送り先「{webhook.title}」を削除しました",
        data={"host": webhook.host},
    )
    webhook.delete()
