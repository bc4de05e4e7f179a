"""Post a test message to a channel."""

from django.utils.translation import gettext as _

from yui.kernel.links import urn
from yui.kernel.notices.announcing import post_message
from yui.kernel.notices.models import NoticeWebhook
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, PermissionRefused, Verb, allows, require


def try_webhook(actor: Actor, *, webhook: NoticeWebhook) -> str:
    """Post a test message; return why it did not arrive, empty where it did.

    The message goes out before the transaction begins, which on SQLite holds up every other writer.

    Raises:
        PermissionRefused: when the actor does not administer the organisation.
    """
    if not allows(actor, Verb.ADMINISTER, webhook.organisation):
        raise PermissionRefused(actor, Verb.ADMINISTER)
    reason = post_message(webhook, title=_("Yui からの試しの通知です"), body="", url="/my/notifications/")
    enter_trial(actor, webhook=webhook, reason=reason)
    return reason


@operation("notices.webhook.try")
def enter_trial(actor: Actor, *, webhook: NoticeWebhook, reason: str) -> None:
    """Write the trial into the ledger.

    Raises:
        PermissionRefused: when the actor does not administer the organisation.
    """
    require(actor, Verb.ADMINISTER, webhook.organisation)
    record(
        webhook.organisation,
        subject=urn("notices.webhook", webhook.pk),
        summary=f"通知の送り先「{webhook.title}」に試しに送りました",
        data={"error": reason},
    )
