"""How figures of the tree are written for readers: one place for values, targets, changes and states."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yui.governance.indicators.engine.judgement import Status
from yui.governance.indicators.tree import Direction, Indicator, Window
from yui.kernel.measures.values import Unit
from yui.kernel.money import format_yen, round_half_up, whole_yen
from yui.kernel.statistics.stability import YEARLY_MARGIN


def unit_text(unit: Unit) -> str:
    """Return the unit as it stands behind a number."""
    return {
        Unit.PERCENT: "%",
        Unit.YEN: pgettext("unit", "円"),
        Unit.COUNT: pgettext("unit", "件"),
        Unit.TIMES: pgettext("unit", "回"),
        Unit.HOURS: pgettext("unit", "時間"),
        Unit.DAYS: pgettext("unit", "日"),
        Unit.PEOPLE: pgettext("unit", "人"),
        Unit.RATIO: pgettext("unit", "倍"),
    }[unit]


def number_text(value: Decimal | None, decimals: int) -> str:
    """Return a number with exactly so many decimals, grouped by thousands; nothing for no data."""
    return "" if value is None else f"{round_half_up(value, decimals):,f}".replace("-", "−")


def amount_text(value: Decimal | None, unit: Unit, decimals: int = 0) -> str:
    """Return a value with its unit: ``1.82%``, ``9件``, ``1億2,340万円``, ``19.4時間``; no data in words."""
    if value is None:
        return _("データなし")
    if unit is Unit.YEN:
        return format_yen(whole_yen(value))
    written = number_text(value, decimals)
    if unit is Unit.PERCENT:
        return f"{written}%"
    return pgettext("amount", "%(number)s%(unit)s") % {"number": written, "unit": unit_text(unit)}


def value_text(value: Decimal | None, indicator: Indicator) -> str:
    """Return an indicator's value with its unit and decimals."""
    return amount_text(value, indicator.unit, indicator.decimals)


def plain_text(value: Decimal | None) -> str:
    """Return a numerator or denominator: grouped, with the decimals that it has, two at most."""
    if value is None:
        return ""
    rounded = round_half_up(value, 2)
    return number_text(rounded, 0 if rounded == rounded.to_integral_value() else 2)


def target_text(indicator: Indicator, *, joint: bool = True) -> str:
    """Return the target in words: ``80%以上``, ``24時間以内``, ``0件を保つ``; nothing where there is none."""
    if indicator.direction is Direction.STABILISE:
        return _("年の変化 ±%(margin)g%%以内") % {"margin": YEARLY_MARGIN * 100}
    target = indicator.target_for(joint=joint)
    if target is None:
        return ""
    value = amount_text(target, indicator.unit)
    if indicator.is_ceiling:
        return _("%(value)sを保つ") % {"value": value}
    if indicator.direction is Direction.AT_MOST:
        return _("%(value)s以内") % {"value": value}
    return _("%(value)s以上") % {"value": value}


def change_text(change: Decimal | None, indicator: Indicator) -> str:
    """Return the change with its sign: ``+0.30ポイント``, ``−2件``, ``±0``; nothing where it is not known."""
    if change is None:
        return ""
    size = abs(change)
    unit = _("ポイント") if indicator.unit is Unit.PERCENT else ""
    written = f"{number_text(size, indicator.decimals)}{unit}" if unit else value_text(size, indicator)
    if round_half_up(size, indicator.decimals) == 0:
        return "±0"
    return f"{'+' if change > 0 else '−'}{written}"


def drift_text(share: float) -> str:
    """Return a yearly drift with its sign: ``+1.2%``."""
    return f"{share:+.1%}".replace("-", "−")


def interval_text(low: float, high: float) -> str:
    """Return the interval of a drift: ``−0.4%〜+0.1%(90%)``."""
    return _("%(low)s〜%(high)s(信頼度90%%)") % {"low": drift_text(low), "high": drift_text(high)}


def status_text(status: Status | None) -> str:
    """Return the state in words; a figure without a target of its own says so."""
    if status is None:
        return _("目標なし")
    return {
        Status.ACHIEVED: _("達成"),
        Status.ON_TRACK: _("順調"),
        Status.LATE: _("遅れ"),
        Status.UNDETERMINED: _("判定不能"),
        Status.NO_DATA: _("データなし"),
    }[status]


def window_text(indicator: Indicator) -> str:
    """Return the span that a month's figure covers, in words."""
    return {
        Window.MONTH: _("その月"),
        Window.FISCAL_YEAR: _("年度のはじめ(4月)からその月まで"),
        Window.THREE_FISCAL_YEARS: _("2年度前のはじめからその月まで"),
        Window.TRAILING_YEAR: _("その月までの12か月"),
    }[indicator.window]


def no_font_text() -> str:
    """Return what to do on a machine that has no font for the report's PDF."""
    return _(
        "PDFをつくるための日本語フォントがこの機械にありません。"
        "Noto Sans CJK JP(Debianなら `apt install fonts-noto-cjk`)を入れてから、"
        "もう一度つくってください。"
    )
