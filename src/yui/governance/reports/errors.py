"""What operations of the room raise, in sentences for the person who asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class ReportsError(ValidationError):
    """A change that the rules of a report forbid; forms show it in place."""


class NotReportedOn(ReportsError):
    """A plan was to be made for a body that is neither a ward nor the secretariat."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("「%(name)s」の報告書はありません。特別区か事務局を選んでください。"),
            code="not_reported_on",
            params={"name": name},
        )


class UnknownIndicators(ReportsError):
    """A plan names indicators that the tree does not have."""

    def __init__(self, codes: str) -> None:
        super().__init__(
            _("指標の一覧にないコードです: %(codes)s。指標の画面でコードを確かめてください。"),
            code="unknown_indicators",
            params={"codes": codes},
        )


class PeriodNotOver(ReportsError):
    """A report was to be made of a period that has not ended."""

    def __init__(self, label: str) -> None:
        super().__init__(
            _("%(label)sはまだ終わっていません。終わった期間を選んでください。"),
            code="period_not_over",
            params={"label": label},
        )


class WrongPeriod(ReportsError):
    """The period is no month for a monthly report, or no fiscal year for an annual one."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("期間「%(text)s」がわかりません。月次は 2026-10、年次は年度の 2025 のように書いてください。"),
            code="wrong_period",
            params={"text": text},
        )


class AlreadyClosed(ReportsError):
    """A report that is a draft no more was to be closed."""

    def __init__(self) -> None:
        super().__init__(_("この報告書はもう確定しています。"), code="already_closed")


class NotClosed(ReportsError):
    """A draft was to be published."""

    def __init__(self) -> None:
        super().__init__(_("公表する前に、この報告書を確定してください。"), code="not_closed")


class NothingPublic(ReportsError):
    """A report was to be published in which nothing is marked public."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "公表する印のついた指標も書き添えもありません。"
                "「報告の型」か書き添えで印をつけ、もう一度つくってから公表してください。"
            ),
            code="nothing_public",
        )


class NothingNew(ReportsError):
    """A report was to be published again although the public edition would say the same."""

    def __init__(self) -> None:
        super().__init__(_("公表している版と同じ内容です。直してから公表してください。"), code="nothing_new")


class TooManyNotes(ReportsError):
    """A report was to get more notes than anybody reads."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("書き添えは%(most)s件までです。まとめて書いてください。"),
            code="too_many_notes",
            params={"most": most},
        )


class UnknownPlan(ReportsError):
    """No plan of this kind exists for the organisation."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("「%(code)s」に、この種類の報告の型はありません。「報告の型」の画面でつくってください。"),
            code="unknown_plan",
            params={"code": code},
        )


class EditionsDiffer(ValueError):
    """Verifying found editions or files that are not what they were."""

    def __init__(self, count: int) -> None:
        super().__init__(
            str(
                _("{count}件が元と違います。上の行を見て、バックアップと台帳(監査)で確かめてください。")
            ).format(count=count)
        )
