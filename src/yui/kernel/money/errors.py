"""What money functions raise."""

from django.utils.translation import gettext as _


class AmountNotUnderstood(ValueError):
    """A text is not an amount; the message tells the reader what to write instead."""

    def __init__(self, text: str, remedy: str = "") -> None:
        self.text = text
        self.remedy = remedy or _("1,234,000、▲1,234、1億2,340万円のように書いてください。")
        message = _("「%(text)s」は金額として読めません。%(remedy)s")
        super().__init__(message % {"text": text, "remedy": self.remedy})


class WeightsNotUsable(ValueError):
    """A total cannot be split: the weights are empty, all zero, negative or not finite."""

    def __init__(self, weights: str) -> None:
        message = _(
            "按分できません(比率: %(weights)s)。0以上の比率を入れ、合計が0にならないようにしてください。"
        )
        super().__init__(message % {"weights": weights})
