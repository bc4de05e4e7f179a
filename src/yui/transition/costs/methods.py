"""What the ways of looking ahead are called, and what they do, in plain words."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yui.transition.costs.engine.candidates import ETS, ETS_SEASONAL, MEAN, NAIVE, SEASONAL_NAIVE
from yui.transition.costs.engine.forecast import CONTRACT, FIXED, ONE_OFF
from yui.transition.costs.engine.usage_forecast import ENDED, SHORT


class ForecastMethod(TextChoices):
    """The methods of ``engine/forecast.py``."""

    FIXED_PAYMENT = FIXED, _("同じ額の支払い")
    COMING_CONTRACT = CONTRACT, _("これからの契約")
    ONE_OFF_COST = ONE_OFF, _("一度だけの費用")
    LAST_VALUE = NAIVE, _("直近の月と同じ")
    MEAN_VALUE = MEAN, _("これまでの平均")
    LAST_YEAR = SEASONAL_NAIVE, _("前年の同じ月と同じ")
    SMOOTHING = ETS, _("指数平滑(ETS)")
    SEASONAL_SMOOTHING = ETS_SEASONAL, _("指数平滑(ETS・季節あり)")
    COST_ENDED = ENDED, _("終わった費用")
    TOO_SHORT = SHORT, _("データ不足")


EXPLANATIONS: dict[str, Promise] = {
    FIXED: _("同じ間隔で同じ額が続いている支払いは、そのまま先へ延ばします。"),
    CONTRACT: _("台帳にある、これから始まる契約は、年額の12分の1を毎月入れます。"),
    ONE_OFF: _("移行のような一度だけの費用は、先へ延ばしません。"),
    NAIVE: _("直近の月の額が続くとみます。"),
    MEAN: _("これまでの月の平均が続くとみます。"),
    SEASONAL_NAIVE: _("前の年の同じ月と同じ額とみます。"),
    ETS: _("新しい月ほど重く見て、増え方をだんだん弱めながら延ばします(24か月以上ある系列だけ)。"),
    ETS_SEASONAL: _("ETS に、月ごとの癖を加えます(36か月以上ある系列だけ)。"),
    ENDED: _("3か月続けて請求が0円の系列は、0円とみます。"),
    SHORT: _("6か月に満たない系列は、見通しに入れません。"),
}


def label_of(method: str) -> str:
    """Return a method's name in the reader's language; the code itself where a later version has more."""
    return str(ForecastMethod(method).label) if method in ForecastMethod.values else method
