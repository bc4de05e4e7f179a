"""What the room refuses, in sentences for the person who asked."""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.translation import gettext_lazy as _


class SeriesUnknown(ObjectDoesNotExist):
    """No series has the code, as far as the reader may see."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            str(
                _(
                    "「{code}」という統計の系列はありません。「公的統計」の一覧か "
                    "`yui statistics list` で確かめてください。"
                )
            ).format(code=code)
        )


class StatisticsError(ValidationError):
    """A change that the rules of the store forbid; forms show it in place."""


class OtherSource(StatisticsError):
    """A series of another source was named."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("系列「%(code)s」は別の出典のものです。別のコードにしてください。"),
            code="other_source",
            params={"code": code},
        )


class FrequencyStands(StatisticsError):
    """Code or frequency of a series that has figures was to change."""

    def __init__(self) -> None:
        super().__init__(
            _("値のある系列のコードと頻度は変えられません。新しい系列をつくってください。"),
            code="frequency_stands",
        )


class NotWaiting(StatisticsError):
    """A file that has been loaded or given up was to be loaded or given up."""

    def __init__(self) -> None:
        super().__init__(
            _("このファイルの取り込みは終わっています。もう一度ファイルを選んでください。"),
            code="not_waiting",
        )


class NotApplied(StatisticsError):
    """An intake that is not loaded was to be withdrawn."""

    def __init__(self) -> None:
        super().__init__(
            _("取り込み済みのものだけ取り消せます。出典の画面で状態を確かめてください。"), code="not_applied"
        )


class NoSeriesChosen(StatisticsError):
    """A file was to be loaded without any of its series."""

    def __init__(self, known: str) -> None:
        super().__init__(
            _("取り込む系列を選んでください。ファイルにある系列: %(known)s"),
            code="no_series_chosen",
            params={"known": known},
        )


class UnitDiffers(StatisticsError):
    """Figures in one unit were to be added to a series in another."""

    def __init__(self, code: str, unit: str, known: str) -> None:
        super().__init__(
            _(
                "系列「%(code)s」の単位は「%(known)s」ですが、ファイルは「%(unit)s」です。"
                "単位をそろえるか、別のコードにしてください。"
            ),
            code="unit_differs",
            params={"code": code, "unit": unit, "known": known},
        )


class FrequencyDiffers(StatisticsError):
    """Figures of one frequency were to be added to a series of another."""

    def __init__(self, code: str, frequency: str, known: str) -> None:
        super().__init__(
            _(
                "系列「%(code)s」の頻度は「%(known)s」ですが、ファイルは「%(frequency)s」です。"
                "頻度を指定し直すか、別のコードにしてください。"
            ),
            code="frequency_differs",
            params={"code": code, "frequency": frequency, "known": known},
        )
