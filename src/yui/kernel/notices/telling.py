"""Tell people of something: on their page, and by mail where they want it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from yui.kernel.calendar_jp import now
from yui.kernel.notices.errors import ForeignAddress
from yui.kernel.notices.mailing import ask_for_mails
from yui.kernel.notices.models import Notice
from yui.kernel.notices.outgoing import mail_is_configured
from yui.kernel.notices.preferences import Ways, ways_for
from yui.kernel.notices.registry import MailTiming, find_notice_kind
from yui.kernel.scope.models import Organisation
from yui.kernel.writing.addresses import is_own_path

AT_ONCE = 2_000


@dataclass(frozen=True)
class _Message:
    """What is told, to whomever."""

    kind: str
    title: str
    body: str
    url: str
    urn: str
    organisation: Organisation | None
    moment: datetime = field(default_factory=now)

    def fields(self) -> dict[str, object]:
        return {
            "title": self.title[:200], "body": self.body, "url": self.url, "organisation": self.organisation,
            "created_at": self.moment,
        }  # fmt: skip


def notify(
    recipients: Iterable[int],
    *,
    kind: str,
    title: str,
    body: str = "",
    url: str,
    urn: str = "",
    organisation: Organisation | None = None,
) -> int:
    """Tell people; call it inside the operation, so that nothing is told that did not happen.

    Each recipient's preferences hold. While somebody has an unread notice of this kind about ``urn``, that
    one is renewed, and not mailed again. A few queries for up to ``AT_ONCE`` people.

    Args:
        recipients: keys of users; that they may see what is told is the caller's duty.
        kind: a registered kind.
        title: one line, in Japanese; mails carry it.
        body: Markdown for the page; mails carry it only where the installation allows.
        url: an own path that the notice leads to.
        urn: the record that it is about; without one, every call is a notice of its own.
        organisation: whose matter it is, shown beside the title.

    Returns:
        How many people are told.

    Raises:
        UnknownNoticeKind: when no room registered the kind.
        ForeignAddress: when ``url`` leads elsewhere.
    """
    known = find_notice_kind(kind)
    if not is_own_path(url):
        raise ForeignAddress(url)
    message = _Message(kind, " ".join(title.split()), body, url, urn, organisation)
    told, goes_at_once = 0, False
    with transaction.atomic():
        everybody = sorted(set(recipients))
        for first in range(0, len(everybody), AT_ONCE):
            people = _reachable(everybody[first : first + AT_ONCE])
            ways = ways_for(known, people.keys())
            made = [_notice(message, user_id, ways[user_id], people[user_id]) for user_id in people]
            fresh = [notice for notice in made if notice.is_on_page or notice.mail != MailTiming.NONE]
            renewed = _renew(message, [notice.user_id for notice in fresh])
            new = [notice for notice in fresh if notice.user_id not in renewed]
            Notice.objects.bulk_create(new, ignore_conflicts=True)
            told += len(fresh)
            goes_at_once = goes_at_once or any(notice.mail == MailTiming.IMMEDIATE for notice in new)
        if goes_at_once:
            ask_for_mails()
    return told


def _reachable(user_ids: Iterable[int]) -> dict[int, bool]:
    """Return those users who are active, each with whether a mail can reach them."""
    users = get_user_model().objects.filter(pk__in=list(user_ids), is_active=True)
    return {pk: bool(email) for pk, email in users.values_list("pk", "email")}


def _notice(message: _Message, user_id: int, ways: Ways, has_address: bool) -> Notice:
    mail = ways.mail if has_address and mail_is_configured() else MailTiming.NONE
    return Notice(
        user_id=user_id,
        kind=message.kind,
        urn=message.urn,
        is_on_page=ways.page,
        mail=mail,
        # What stands on no page counts as read, or it would be renewed for ever.
        read_at=None if ways.page else message.moment,
        **message.fields(),
    )


def _renew(message: _Message, user_ids: list[int]) -> set[int]:
    """Renew what these people have not read about the same thing; return who had something."""
    if not message.urn:
        return set()
    unread = Notice.objects.unread().filter(user_id__in=user_ids, urn=message.urn, kind=message.kind)
    found = dict(unread.values_list("user_id", "pk"))
    if found:
        Notice.objects.filter(pk__in=found.values()).update(**message.fields())
    return set(found)
