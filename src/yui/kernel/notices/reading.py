"""What a person reads on the page of notices, and that it was read."""

from yui.kernel.calendar_jp import now
from yui.kernel.notices.models import Notice
from yui.kernel.policy import Actor

MOST_SHOWN = 50


def notices_for(actor: Actor, *, limit: int = MOST_SHOWN) -> list[Notice]:
    """Return the person's notices, unread ones first, each part the newest first: two queries."""
    own = Notice.objects.of(actor.user_id).select_related("organisation")
    unread = list(own.unread()[:limit])
    read = own.exclude(read_at__isnull=True)
    return [*unread, *read[: limit - len(unread)]]


def unread_notices(user_id: int | None, *, most: int) -> int:
    """Return how many notices wait, counted up to ``most``; one query on an index of unread ones alone."""
    return Notice.objects.of(user_id).unread().order_by()[:most].count()


def open_notice(actor: Actor, pk: int) -> Notice | None:
    """Return the person's own notice, from now on read; None where the person has no such notice.

    Like the mark of the news it is a reader's bookmark: no ledger entry, and no event.
    """
    notice = Notice.objects.of(actor.user_id).filter(pk=pk).first()
    if notice is not None and notice.read_at is None:
        Notice.objects.unread().filter(pk=pk).update(read_at=now())
    return notice


def mark_all_read(actor: Actor) -> int:
    """Note that the person has read everything that waits; return how much that was."""
    return Notice.objects.of(actor.user_id).unread().update(read_at=now())
