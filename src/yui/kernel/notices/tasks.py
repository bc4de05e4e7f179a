"""The room's jobs: mails at once, the daily mail, messages to channels."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import now
from yui.kernel.notices.announcing import POST_JOB, post_message
from yui.kernel.notices.mailing import MAIL_JOB, MailServerDown, send_waiting
from yui.kernel.notices.models import Notice, NoticeWebhook
from yui.kernel.notices.registry import MailTiming
from yui.kernel.policy import Verb
from yui.kernel.tasks.errors import JobFailed
from yui.kernel.tasks.registry import job, periodic
from yui.kernel.tasks.run import JobRun

KEPT_DAYS = 400


@job(MAIL_JOB, title=_("通知メールの送信"), verb=Verb.ADMINISTER)
def mail_at_once(run: JobRun) -> dict[str, Any]:
    """Send what is to go at once."""
    return _mail(MailTiming.IMMEDIATE)


@periodic("notices.daily", title=_("通知の1日1回のメール"), daily_at="08:30")
def mail_daily(run: JobRun) -> dict[str, Any]:
    """Send the daily mails and what could not go before; forget notices of long ago."""
    forgotten, _rows = Notice.objects.filter(created_at__lt=now() - timedelta(days=KEPT_DAYS)).delete()
    return {**_mail(MailTiming.DAILY, MailTiming.IMMEDIATE), "forgotten": forgotten}


def _mail(*timings: MailTiming) -> dict[str, Any]:
    try:
        mailed = send_waiting(*timings)
    except MailServerDown as error:
        text = _now("メールサーバーが受け付けません: %(reason)s。次の回にもう一度送ります。")
        raise JobFailed(text % {"reason": error}) from error
    return {"sent": mailed.sent, "failed": mailed.failed}


@job(POST_JOB, title=_("通知の送り先への送信"), verb=Verb.ADMINISTER)
def post_to_channel(run: JobRun, *, webhook: int, title: str, body: str, url: str) -> dict[str, Any] | None:
    """Post a message to a channel, unless it was switched off or deleted meanwhile."""
    found = NoticeWebhook.objects.owned_by(run.organisation).filter(pk=webhook, is_active=True).first()
    if found is None:
        return {"posted": False}
    reason = post_message(found, title=title, body=body, url=url)
    if reason:
        raise JobFailed(
            _now("「%(name)s」に届きませんでした: %(reason)s") % {"name": found.title, "reason": reason}
        )
    return {"posted": True}
