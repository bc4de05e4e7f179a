"""Stop posting to a channel, or begin again."""

from yui.kernel.links import urn
from yui.kernel.notices.models import NoticeWebhook
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require


@operation("notices.webhook.switch")
def switch_webhook(actor: Actor, *, webhook: NoticeWebhook, is_active: bool) -> None:
    """Switch a channel on or off; what is queued for one that is off is not posted.

    Raises:
        PermissionRefused: when the actor does not administer the organisation.
    """
    require(actor, Verb.ADMINISTER, webhook.organisation)
    before, webhook.is_active = webhook.is_active, is_active
    webhook.save(update_fields=["is_active", "updated_at"])
    record(
        webhook.organisation,
        subject=urn("notices.webhook", webhook.pk),
        summary=f"通知の送り先「{webhook.title}」を{'使い始めました' if is_active else '止めました'}",
        changes={"is_active": [before, is_active]},
    )
