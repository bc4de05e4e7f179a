"""The kinds of notices that rooms send; a reader chooses for each how it comes."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVERY_KIND = "*"


class MailTiming(TextChoices):
    """When a notice is also sent by mail."""

    NONE = "none", _("送らない")
    DAILY = "daily", _("1日1回まとめて")
    IMMEDIATE = "immediate", _("すぐに")


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice.

    Attributes:
        code: ``room.what``, stable, because preferences and webhooks name it.
        title: what people read; Japanese source string.
        default_mail: when it is mailed to those who chose nothing.
    """

    code: str
    title: str | Promise
    default_mail: MailTiming = MailTiming.NONE


class UnknownNoticeKind(LookupError):
    """No room registered this kind of notice."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no notice kind {code!r}; register it in the room's apps.py")


_kinds: dict[str, NoticeKind] = {}


def register_notice_kind(kind: NoticeKind) -> None:
    """Offer a kind of notice; call it in the room's ``apps.py``.

    Raises:
        ValueError: when another kind has the code already.
    """
    known = _kinds.setdefault(kind.code, kind)
    if known != kind:
        raise ValueError(f"two kinds of notices are called {kind.code}")


def notice_kinds() -> tuple[NoticeKind, ...]:
    """Return all kinds, in the order of their codes."""
    return tuple(sorted(_kinds.values(), key=lambda kind: kind.code))


def find_notice_kind(code: str) -> NoticeKind:
    """Return the kind ``code``.

    Raises:
        UnknownNoticeKind: when no room registered it.
    """
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownNoticeKind(code) from None
