"""What operations on incidents refuse, in sentences for the person who asked."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

_MOST_NAMED = 5


class IncidentRefused(ValidationError):
    """A step that the life of an incident forbids; pages show it in place."""


class MomentsContradict(IncidentRefused):
    """A time does not agree with those recorded; one sentence for each contradiction."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__([ValidationError(text, code="moments_contradict") for text in sentences])


class ReasonNeeded(IncidentRefused):
    """A step needs a written reason."""

    def __init__(self) -> None:
        super().__init__(_("理由を書いてください。"), code="reason_needed")


class NotRecordable(IncidentRefused):
    """The kind of moment is written by a verb of its own."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            _("「%(kind)s」はこの方法では記録できません。専用のボタンを使ってください。"),
            code="not_recordable",
            params={"kind": kind},
        )


class IncidentEnded(IncidentRefused):
    """The incident has ended; it must be reopened first."""

    def __init__(self, state: str) -> None:
        super().__init__(
            _("このインシデントは「%(state)s」です。続けるには、先に「再開する」を押してください。"),
            code="incident_ended",
            params={"state": state},
        )


class NotEnded(IncidentRefused):
    """An open incident was to be reopened."""

    def __init__(self) -> None:
        super().__init__(
            _("このインシデントは終わっていません。再開する必要はありません。"), code="not_ended"
        )


class SystemsNotContained(IncidentRefused):
    """Containment was to be recorded while affected systems are not contained, or before the last one was."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("次のシステムの封じ込めが先です: %(names)s。「システム」のページで記録してください。"),
            code="systems_not_contained",
            params={"names": "、".join(names[:_MOST_NAMED])},
        )


class BeforeLastSystem(IncidentRefused):
    """Containment was to be dated before the last affected system was contained."""

    def __init__(self, name: str, at: datetime) -> None:
        super().__init__(
            _("「%(name)s」を封じ込めたのは%(at)sです。それより前にはできません。"),
            code="before_last_system",
            params={"name": name, "at": f"{localtime(at):%Y-%m-%d %H:%M}"},
        )


class WorkLeft(IncidentRefused):
    """An incident was to be closed while required tasks or due papers are open."""

    def __init__(self, titles: Sequence[str]) -> None:
        more = len(titles) - _MOST_NAMED
        super().__init__(
            _("終わっていないものがあります: %(titles)s。それでも終えるときは、理由を書いてください。"),
            code="work_left",
            params={"titles": "、".join(titles[:_MOST_NAMED]) + (f" (+{more})" if more > 0 else "")},
        )


class OtherWard(IncidentRefused):
    """Records of two wards, or a person without a role there, were to be joined."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("「%(what)s」はこの区のものではありません。同じ区のものを選んでください。"),
            code="other_ward",
            params={"what": what},
        )


class CannotCommand(IncidentRefused):
    """Work was to be given to somebody who may not do it."""

    def __init__(self, person: str) -> None:
        super().__init__(
            _("%(person)sさんはこの区のインシデントを扱えません。この区か共同SOCの担当者を選んでください。"),
            code="cannot_command",
            params={"person": person},
        )


class IntoItself(IncidentRefused):
    """An incident was to be merged into itself, or into one that has ended."""

    def __init__(self) -> None:
        super().__init__(_("続いている、別のインシデントを選んでください。"), code="into_itself")


class AlreadySettled(IncidentRefused):
    """A task or paper was settled already."""

    def __init__(self, title: str, state: str) -> None:
        super().__init__(
            _("「%(title)s」はもう「%(state)s」です。画面を開き直して確かめてください。"),
            code="already_settled",
            params={"title": title, "state": state},
        )


class UnknownPlaybook(IncidentRefused):
    """No playbook has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("手順書「%(name)s」はありません。一覧から選んでください。"),
            code="unknown_playbook",
            params={"name": name},
        )


class FileNotKept(IncidentRefused):
    """An evidence file could not be kept."""

    def __init__(self, why: object) -> None:
        super().__init__(_("ファイルを保管できません: %(why)s"), code="file_not_kept", params={"why": why})


class NoFontForPaper(IncidentRefused):
    """The machine has no font with Japanese signs."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "この機械には日本語の書体がないため、PDFを作れません。"
                "Word か Excel を選ぶか、書体を入れてください。"
            ),
            code="no_font_for_paper",
        )
