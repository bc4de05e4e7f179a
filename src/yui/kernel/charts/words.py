"""The few words that charts write themselves, in the reader's language when they are drawn."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NO_DATA = _("データなし")
MONTH = _("月")
NAME = _("名前")
VALUE = _("値")
TARGET = _("目標")
PROJECTION = _("見通し")
LOW = _("下限")
HIGH = _("上限")
TOTAL = _("合計")
TODAY = _("今日")
START = _("開始")
END = _("終了")
ITEM = _("項目")
RANGE = pgettext_lazy("chart", "範囲")
FROM = _("から")
TO = _("へ")
LINK = _("つながり")
LANE = _("区分")
COUNT = _("件数")
CASES = _("件")
MEDIAN = _("中央値")
WARD = _("区")
STATE = _("状態")
LESS = _("少ない")
MORE = _("多い")
ONE_YEN = _("円")
MAN_YEN = _("万円")
OKU_YEN = _("億円")
CHO_YEN = _("兆円")
STATUS = {
    "achieved": _("達成"),
    "on_track": _("順調"),
    "attention": _("注意"),
    "late": _("遅れ"),
    "no_data": _("データなし"),
    "undecided": _("判定不能"),
}
"""What the state of a figure is called; the codes are those of the component kit."""
