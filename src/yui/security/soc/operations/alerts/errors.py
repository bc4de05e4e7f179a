"""What operations on alerts refuse, in sentences for the person who asked."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

_MOST_NAMED = 5


class AlertRefused(ValidationError):
    """A step that the work on alerts forbids; pages show it in place."""


class UnknownRule(AlertRefused):
    """A detector names rules that are not stored."""

    def __init__(self, rules: Sequence[object]) -> None:
        super().__init__(
            _("登録していないルールです: %(rules)s。先に「yui soc rules import」で取り込んでください。"),
            code="unknown_rule",
            params={"rules": "、".join(str(rule) for rule in rules[:_MOST_NAMED])},
        )


class NoSuchAlert(AlertRefused):
    """Records were named that are not there, or not for this reader."""

    def __init__(self) -> None:
        super().__init__(
            _("選んだ検知が見つかりません。一覧を開き直して、もう一度選んでください。"), code="no_such_alert"
        )


class NothingChosen(AlertRefused):
    """A step for many was asked for none."""

    def __init__(self) -> None:
        super().__init__(_("検知を一つ以上選んでください。"), code="nothing_chosen")


class TooManyChosen(AlertRefused):
    """A step was asked for more records than one transaction takes."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("一度に選べるのは%(most)s件までです。分けて行ってください。"),
            code="too_many",
            params={"most": most},
        )


class TooLong(AlertRefused):
    """Somebody wrote more than is kept."""

    def __init__(self, longest: int) -> None:
        super().__init__(
            _("%(longest)s字までで書いてください。"), code="too_long", params={"longest": f"{longest:,}"}
        )


class TakenMeanwhile(AlertRefused):
    """Somebody else took the alert first."""

    def __init__(self, title: str, person: str, at: datetime | None) -> None:
        super().__init__(
            _(
                "「%(title)s」は%(person)sさんが%(at)sに着手しています。替わるときは「担当を替える」を使ってください。"
            ),
            code="taken_meanwhile",
            params={"title": title, "person": person, "at": _clock(at)},
        )


class ClosedMeanwhile(AlertRefused):
    """Somebody else closed the alert first."""

    def __init__(self, title: str, person: str, at: datetime | None) -> None:
        super().__init__(
            _(
                "「%(title)s」は%(person)sさんが%(at)sに完了しています。続けるときは「再開する」を使ってください。"
            ),
            code="closed_meanwhile",
            params={"title": title, "person": person, "at": _clock(at)},
        )


class ChangedHands(AlertRefused):
    """The alert is in other hands than the page showed."""

    def __init__(self, title: str, person: str) -> None:
        super().__init__(
            _(
                "開いている間に「%(title)s」の担当が%(person)sさんに替わりました。確かめてから、もう一度押してください。"
            ),
            code="changed_hands",
            params={"title": title, "person": person},
        )


class NotClosed(AlertRefused):
    """An open alert was to be reopened."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("「%(title)s」は完了していません。再開する必要はありません。"),
            code="not_closed",
            params={"title": title},
        )


class OpenAgain(AlertRefused):
    """The same thing was detected again and stands open under its own record."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("「%(title)s」は同じ内容の新しい検知が開いています。そちらで対応してください。"),
            code="open_again",
            params={"title": title},
        )


class NotYours(AlertRefused):
    """Only the person who took an alert gives it back."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("「%(title)s」を手放せるのは担当の人だけです。"), code="not_yours", params={"title": title}
        )


class OtherWard(AlertRefused):
    """An alert and an incident of two wards, or a person without a role there, were to be joined."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("「%(title)s」とは団体が違います。同じ区の検知とインシデントを選んでください。"),
            code="other_ward",
            params={"title": title},
        )


class CannotWork(AlertRefused):
    """An alert was to be given to somebody who may not work it."""

    def __init__(self, person: str) -> None:
        super().__init__(
            _("%(person)sさんはこの区の検知を扱えません。この区か共同SOCの担当者を選んでください。"),
            code="cannot_work",
            params={"person": person},
        )


def _clock(at: datetime | None) -> str:
    """Return a moment as people tell it among themselves."""
    return f"{localtime(at):%m/%d %H:%M}" if at else "—"
