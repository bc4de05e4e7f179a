"""Figures and findings in words."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from yui.governance.statistics.engine.comparison import Comparison
from yui.governance.statistics.models import Observation
from yui.kernel.charts.engine.numbers import YEN
from yui.kernel.money import format_yen, whole_yen


def figure_text(value: Decimal | None, decimals: int, unit: str) -> str:
    """Write a value with its unit: ``1,234.5人``; yen as ``1億2,340万円``; None as an empty text."""
    if value is None:
        return ""
    return format_yen(whole_yen(value)) if unit in YEN else f"{number_text(value, decimals)}{unit}"


def plain(value: Decimal) -> Decimal:
    """Return a value without the zeros that the store keeps behind its last decimal place."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def number_text(value: Decimal, decimals: int) -> str:
    """Write a value, grouped by thousands, rounded half up, with a true minus sign."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:,f}".replace("-", "−") if rounded else f"{abs(rounded):f}"


def observation_text(observation: Observation, decimals: int, unit: str) -> str:
    """Write what an observation says: its value, or the sign that stands instead of one."""
    return observation.missing or figure_text(observation.value, decimals, unit)


def finding(found: Comparison, own_name: str, decimals: int, unit: str) -> str:
    """Say what the lines show: the ward, its place, the median, the nation; of the ward's last period.

    Without a ward it is the last period in which any ward has a value.
    """
    at = found.last_own
    parts = []
    if at is not None:
        own = {"period": found.periods[at], "ward": own_name}
        own["value"] = figure_text(found.own[at], decimals, unit)
        parts.append(_("%(period)sの%(ward)sは%(value)sです。") % own)
        if found.rank is not None and found.of > 1:
            place = {"rank": found.rank, "of": found.of}
            parts.append(_("値のある%(of)s区のうち、大きいほうから%(rank)s番目です。") % place)
    else:
        at = max((index for index, count in enumerate(found.counted) if count), default=None)
        if at is None:
            return _("区の値がまだありません。")
        parts.append(_("%(period)sの値です。") % {"period": found.periods[at]})
    if found.median[at] is not None:
        middle = {"value": figure_text(found.median[at], decimals, unit), "count": found.counted[at]}
        parts.append(_("%(count)s区の中央値は%(value)sです。") % middle)
    if found.nation[at] is not None:
        parts.append(_("全国は%(value)sです。") % {"value": figure_text(found.nation[at], decimals, unit)})
    return " ".join(parts)
