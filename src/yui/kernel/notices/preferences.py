"""How people want notices to come: the kind's choice, then the general one, then what the room suggests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from yui.kernel.notices.models import NoticePreference
from yui.kernel.notices.registry import EVERY_KIND, MailTiming, NoticeKind, notice_kinds


@dataclass(frozen=True)
class Ways:
    """How one person is told: on the page, and when by mail."""

    page: bool
    mail: MailTiming


@dataclass(frozen=True)
class Choice:
    """A choice as the person made it; None and "" follow the wider one."""

    page: bool | None = None
    mail: str = ""


def ways_for(kind: NoticeKind, user_ids: Collection[int]) -> dict[int, Ways]:
    """Return how each of these people is told of ``kind``: one query."""
    chosen: dict[tuple[int, str], Choice] = {
        (user_id, code): Choice(page, mail)
        for user_id, code, page, mail in NoticePreference.objects.filter(
            user_id__in=user_ids, kind__in=[kind.code, EVERY_KIND]
        ).values_list("user_id", "kind", "page", "mail")
    }
    none = Choice()
    return {
        user_id: _ways(kind, chosen.get((user_id, kind.code), none), chosen.get((user_id, EVERY_KIND), none))
        for user_id in user_ids
    }


def _ways(kind: NoticeKind, own: Choice, general: Choice) -> Ways:
    pages = [choice.page for choice in (own, general) if choice.page is not None]
    return Ways(pages[0] if pages else True, MailTiming(own.mail or general.mail or kind.default_mail))


def choices_of(user_id: int) -> dict[str, Choice]:
    """Return the person's choices by kind, with ``*`` for the general one."""
    rows = NoticePreference.objects.filter(user_id=user_id).values_list("kind", "page", "mail")
    return {kind: Choice(page, mail) for kind, page, mail in rows}


def save_choices(user_id: int, choices: Mapping[str, Choice]) -> None:
    """Keep the person's choices; a kind that is not named, or follows the wider choice, is forgotten.

    They are a reader's own bookmarks: no ledger entry, and no event.
    """
    known = {EVERY_KIND, *(kind.code for kind in notice_kinds())}
    with transaction.atomic():
        NoticePreference.objects.filter(user_id=user_id).delete()
        NoticePreference.objects.bulk_create(
            NoticePreference(user_id=user_id, kind=code, page=choice.page, mail=choice.mail)
            for code, choice in choices.items()
            if code in known and choice != Choice()
        )
