"""What can be wrong with a question about indicators."""

from django.utils.translation import gettext as _


class IndicatorQuestionError(ValueError):
    """A month, a ward or an indicator that does not exist was asked for."""


class UnknownWard(IndicatorQuestionError):
    """No organisation has the code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("団体コード {code} の区はありません。6けたの団体コード(例: 131032)を書いてください。").format(
                code=code
            )
        )


class UnknownMonth(IndicatorQuestionError):
    """The text is no month."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("「{text}」は月として読めません。2026-11 のように書いてください。").format(text=text)
        )


class UnknownIndicator(IndicatorQuestionError):
    """The tree has no indicator of this code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("指標 {code} はありません。`yui indicators` で一覧を見てください。").format(code=code)
        )
