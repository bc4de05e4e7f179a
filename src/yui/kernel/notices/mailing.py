"""Notices by mail: at once through the queue, or once a day together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from yui.kernel.calendar_jp import now
from yui.kernel.notices.models import Notice
from yui.kernel.notices.outgoing import SendingFailed, mail_is_configured, send_mail
from yui.kernel.notices.registry import MailTiming
from yui.kernel.policy import Actor
from yui.kernel.tasks.models import Job, JobState
from yui.kernel.tasks.operations import enqueue
from yui.kernel.tasks.timetable import home_organisation
from yui.kernel.writing import plain_text

MAIL_JOB = "notices.mail"
MOST_ATTEMPTS = 5
MOST_AT_ONCE = 5_000
MOST_IN_A_MAIL = 50
FAILURES_IN_A_ROW = 3
WHY = "whether mails wait for the worker already"


class MailServerDown(Exception):
    """Several mails in a row did not go out; the rest waits for the next time."""


@dataclass(frozen=True)
class Mailed:
    """What one look came to: people who got a mail, and people whom it did not reach."""

    sent: int
    failed: int


def ask_for_mails() -> None:
    """Queue the sending of what is to go at once, unless it is queued already; within the transaction."""
    home = home_organisation()
    waiting = Job.objects.unscoped(WHY).filter(kind=MAIL_JOB, state=JobState.QUEUED)
    if home is not None and not waiting.exists():
        enqueue(Actor.system("notices"), home, MAIL_JOB)


def waiting_mails(*timings: MailTiming) -> QuerySet[Notice]:
    """Return what is to be mailed with these timings; what was read meanwhile needs no daily mail."""
    wanted = Q(mail=MailTiming.IMMEDIATE) | Q(read_at__isnull=True) | Q(is_on_page=False)
    return Notice.objects.filter(
        wanted,
        mail__in=timings,
        mailed_at__isnull=True,
        mail_attempts__lt=MOST_ATTEMPTS,
        user__is_active=True,
    ).exclude(user__email="")


def send_waiting(*timings: MailTiming, moment: datetime | None = None) -> Mailed:
    """Send each person one mail of all that waits; call it outside any transaction.

    A mail goes out at least once: a worker killed between sending and noting it sends it again.

    Raises:
        MailServerDown: after ``FAILURES_IN_A_ROW``, so that a dead server is not asked a thousand times.
    """
    sent = failed = in_a_row = 0
    if not mail_is_configured():
        return Mailed(0, 0)
    found = waiting_mails(*timings).select_related("user", "organisation").order_by("user_id", "created_at")
    for _user_id, group in groupby(found[:MOST_AT_ONCE], key=lambda notice: notice.user_id):
        notices = list(group)
        rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
        try:
            _send(notices)
        except SendingFailed as error:
            rows.update(mail_attempts=F("mail_attempts") + 1)
            failed, in_a_row = failed + 1, in_a_row + 1
            if in_a_row >= FAILURES_IN_A_ROW:
                raise MailServerDown(str(error)) from error
        else:
            rows.update(mailed_at=moment or now())
            sent, in_a_row = sent + 1, 0
    return Mailed(sent, failed)


def _send(notices: list[Notice]) -> None:
    """Send one person's notices, in the language that the person reads."""
    user = notices[0].user
    with override(getattr(user, "language", "ja")):
        send_mail([user.email], mail_subject(notices), "\n".join(mail_lines(notices)))


def mail_subject(notices: list[Notice]) -> str:
    """Return the title of the one notice, or how many there are."""
    if len(notices) == 1:
        return f"[Yui] {notices[0].title}"
    return "[Yui] " + ngettext("通知 %(count)s件", "通知 %(count)s件", len(notices)) % {"count": len(notices)}


def mail_lines(notices: list[Notice]) -> Iterator[str]:
    """Yield the mail's lines: titles and addresses, and the texts only where the installation allows it."""
    for notice in notices[:MOST_IN_A_MAIL]:
        owner = f"[{notice.organisation.name}] " if notice.organisation else ""
        yield f"- {owner}{notice.title}"
        if settings.NOTICE_MAIL_BODIES and notice.body:
            yield from (f"  {line}" for line in plain_text(notice.body).splitlines())
        yield f"  {full_address(notice.url)}"
    if len(notices) > MOST_IN_A_MAIL:
        yield _("ほか %(count)s件") % {"count": len(notices) - MOST_IN_A_MAIL}
    yield ""
    yield _("受け取り方は、Yui の「通知の受け取り方」で変えられます。")
    yield full_address(reverse("notices:settings"))


def full_address(path: str) -> str:
    """Return ``path`` with the address of this installation, as far as its settings tell it."""
    origin = next((each for each in settings.CSRF_TRUSTED_ORIGINS if "*" not in each), "")
    return origin.rstrip("/") + path
