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
