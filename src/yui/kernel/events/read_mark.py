"""Up to when a person has looked at what happened."""

from datetime import datetime

from yui.kernel.events.models import ReadMark


def read_up_to(user_id: int) -> datetime | None:
    """Return the moment up to which the person has seen events; None for one who never looked."""
    return ReadMark.objects.filter(user_id=user_id).values_list("seen_at", flat=True).first()


def mark_read(user_id: int, moment: datetime) -> None:
    """Note that the person has seen events up to ``moment``; an earlier moment changes nothing.

    It is a reader's bookmark: no ledger entry, and no event of its own.
    """
    mark, is_new = ReadMark.objects.get_or_create(user_id=user_id, defaults={"seen_at": moment})
    if not is_new and mark.seen_at < moment:
        ReadMark.objects.filter(pk=mark.pk, seen_at__lt=moment).update(seen_at=moment)
