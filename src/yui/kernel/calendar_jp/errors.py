"""What calendar functions raise when a text is no date."""

from django.utils.translation import gettext as _


class DateNotUnderstood(ValueError):
    """A text is not a date, month or fiscal year; the message tells the reader what to write instead."""

    def __init__(self, text: str, remedy: str = "") -> None:
        self.text = text
        self.remedy = remedy or _("2026年11月23日、2026-11-23、令和8年11月23日のように書いてください。")
        message = _("「%(text)s」は日付として読めません。%(remedy)s")
        super().__init__(message % {"text": text, "remedy": self.remedy})
