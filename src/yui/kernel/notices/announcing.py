"""Tell an organisation's channels of something."""

from yui.kernel.calendar_jp import now
from yui.kernel.notices.errors import ForeignAddress
from yui.kernel.notices.mailing import full_address
from yui.kernel.notices.models import NoticeWebhook
from yui.kernel.notices.outgoing import LONGEST_ERROR, SendingFailed, post_json
from yui.kernel.notices.payloads import payload
from yui.kernel.notices.registry import find_notice_kind
from yui.kernel.notices.webhook_hosts import allowed_hosts
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.tasks.operations import enqueue
from yui.kernel.writing import plain_text
from yui.kernel.writing.addresses import is_own_path

POST_JOB = "notices.post"


def announce(organisation: Organisation, *, kind: str, title: str, body: str = "", url: str) -> int:
    """Post a message to those channels of ``organisation`` that want ``kind``, after the commit.

    Args:
        organisation: that what is told may be seen by all of it is the caller's duty.
        kind: a registered kind.
        title: one line, in Japanese.
        body: Markdown; channels get its words.
        url: an own path.

    Returns:
        How many channels there are.

    Raises:
        UnknownNoticeKind: when no room registered the kind.
        ForeignAddress: when ``url`` leads elsewhere.
    """
    find_notice_kind(kind)
    if not is_own_path(url):
        raise ForeignAddress(url)
    active = NoticeWebhook.objects.owned_by(organisation).filter(is_active=True)
    wanted = [webhook for webhook in active if kind in webhook.kinds]
    for webhook in wanted:
        enqueue(
            Actor.system("notices"),
            organisation,
            POST_JOB,
            webhook=webhook.pk,
            title=" ".join(title.split()),
            body=plain_text(body),
            url=url,
        )
    return len(wanted)


def post_message(webhook: NoticeWebhook, *, title: str, body: str, url: str) -> str:
    """Post one message and note on the webhook how it went; return why it failed, empty where it did not.

    Call it outside any transaction: the other side may take seconds to answer.
    """
    message = payload(webhook.format, title=title, body=body, address=full_address(url))
    rows = NoticeWebhook.objects.owned_by(webhook.organisation).filter(pk=webhook.pk)
    try:
        post_json(webhook.url, message, hosts=allowed_hosts())
    except SendingFailed as error:
        reason = (str(error) or type(error).__name__)[:LONGEST_ERROR]
        rows.update(last_error=reason)
        return reason
    rows.update(last_ok_at=now(), last_error="")
    return ""
