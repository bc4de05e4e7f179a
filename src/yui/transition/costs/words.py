"""How the room writes verdicts, multipliers and signals for readers: one place for their words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import Month
from yui.kernel.money import round_half_up
from yui.kernel.statistics.stability import (
    ANNUAL_MARGIN,
    POINTS_NEEDED,
    RULE_VERSION,
    YEARLY_MARGIN,
    Confirmation,
    GatedVerdict,
    Reason,
    Stability,
)
from yui.transition.costs.engine.multiplier import Distribution, Range, may_tell_count
from yui.transition.costs.engine.signals import Signals

STATUS = {
    Stability.STABLE: "achieved",
    Stability.UNSTABLE: "late",
    Stability.UNDETERMINED: "undecided",
}
"""The component kit's state for each verdict."""


def percent_text(value: Decimal | float | None, places: int = 2) -> str:
    """Return ``1.82%``; データなし where there is no value."""
    if value is None:
        return _("データなし")
    return f"{round_half_up(Decimal(str(value)), places):f}%"


def drift_text(share: float) -> str:
    """Return a yearly change with its sign: ``+1.2%``."""
    return f"{share:+.1%}".replace("-", "−")


def state_text(state: Stability) -> str:
    """Return 安定, 不安定 or 判定不能."""
    return {
        Stability.STABLE: _("安定"),
        Stability.UNSTABLE: _("不安定"),
        Stability.UNDETERMINED: _("判定不能"),
    }[state]


def reason_text(gated: GatedVerdict) -> str:
    """Return why the verdict is what it is, in one sentence."""
    words = {"margin": f"{YEARLY_MARGIN:.0%}", "needed": POINTS_NEEDED, "points": gated.trend.points}
    words |= {"level": percent_text(gated.level), "agreed": percent_text(gated.agreed)}
    return {
        Reason.WITHIN: _("変化の区間が±{margin}に収まります。"),
        Reason.OUTSIDE: _("変化の区間が±{margin}の外にあります。"),
        Reason.STRADDLES: _("変化の区間が±{margin}の境をまたぐので、まだ言えません。"),
        Reason.TOO_SHORT: _("続いた{needed}か月の値がいりますが、{points}か月分しかありません。"),
        Reason.ABOVE_LEVEL: _(
            "変化は小さいものの、直近12か月の平均{level}が合意した水準{agreed}より高いです。"
        ),
        Reason.NO_LEVEL: _("変化は小さいものの、合意した水準がまだありません。"),
    }[gated.reason].format(**words)


def confirmation_text(confirmation: Confirmation) -> str:
    """Return what the audited years say."""
    return {
        Confirmation.CONFIRMED: _("決算の数字でも確かめました(前年からの変化が2年続けて±{margin}以内)。"),
        Confirmation.NOT_CONFIRMED: _(
            "決算の数字では確かめられません(前年からの変化が±{margin}を超える年があります)。"
        ),
        Confirmation.TOO_SHORT: _("決算の数字が3年分そろっていないので、まだ確かめられません。"),
    }[confirmation].format(margin=f"{ANNUAL_MARGIN:.0%}")


def verdict_words(
    gated: GatedVerdict, without_one_off: GatedVerdict, confirmation: Confirmation
) -> dict[str, Any]:
    """Return the verdict with its interval, number of points, margin, rule and confirmation, in words."""
    trend = gated.trend
    known = trend.yearly_drift is not None and trend.low is not None and trend.high is not None
    interval = (
        _("{low}〜{high}(信頼度90%)").format(low=drift_text(trend.low or 0), high=drift_text(trend.high or 0))
        if known
        else ""
    )
    sentence = _("{state}: {reason}").format(state=state_text(gated.state), reason=reason_text(gated))
    return {
        "state": state_text(gated.state),
        "status": STATUS[gated.state],
        "reason": reason_text(gated),
        "sentence": sentence,
        "drift": drift_text(trend.yearly_drift or 0) if known else "",
        "interval": interval,
        "points": trend.points,
        "needed": POINTS_NEEDED,
        "margin": f"±{YEARLY_MARGIN:.0%}",
        "level": percent_text(gated.level) if gated.level is not None else "",
        "agreed": percent_text(gated.agreed) if gated.agreed is not None else "",
        "rule": RULE_VERSION,
        "confirmation": confirmation_text(confirmation),
        "without": _("{state}: {reason}").format(
            state=state_text(without_one_off.state), reason=reason_text(without_one_off)
        ),
    }


def _span(first: Month, last: Month) -> str:
    """Return one month, or the first and last of several."""
    return first.label if first == last else _("{first}〜{last}").format(first=first.label, last=last.label)


def signals_text(signals: Signals | None, months: Sequence[Month]) -> list[str]:
    """Return where to look: months outside the natural limits, long runs, the largest shift."""
    if signals is None:
        return []
    found = [
        _("{months}は、いつもの幅({low}〜{high})の外です。").format(
            months=_span(months[first], months[last]),
            low=percent_text(signals.low),
            high=percent_text(signals.high),
        )
        for first, last in signals.outside_spans
    ]
    found += [
        _("{first}から{last}まで、平均{centre}の片側に続いています。").format(
            first=months[first].label, last=months[last].label, centre=percent_text(signals.centre)
        )
        for first, last in signals.runs
    ]
    found.append(
        _("平均が最も大きく変わったのは{month}のころです。").format(month=months[signals.shift].label)
    )
    return found


def times_text(multiplier: Decimal | None) -> str:
    """Return ``1.62倍``; データなし where there is no multiplier."""
    if multiplier is None:
        return _("データなし")
    return _("{times}倍").format(times=f"{round_half_up(multiplier, 2):f}")


def range_text(each: Range) -> str:
    """Return the borders of a range: ``1.5〜2.0倍``."""
    low, high = (f"{border.normalize():f}" for border in (each.low, each.high))
    return _("{low}〜{high}倍").format(low=low, high=high)


def lack_text(lack: str) -> str:
    """Return why a migrated area has no multiplier; nothing where it has one."""
    return {
        "": "",
        "too_short": _("前後12か月ずつの請求がそろっていません。"),
        "no_cost": _("移行前の経費がありません。"),
        "no_rate": _("為替レートがない月があります。"),
    }[lack]


def spread_sentence(spread: Distribution | None, found: Sequence[Range], *, is_suppressed: bool) -> str:
    """Say in one sentence how the multipliers of the wards are spread, without giving away small groups."""
    if spread is None:
        return _("前後をくらべられる区が少ないので、全体の数字は出しません。")
    words = {
        "count": spread.count,
        "median": times_text(spread.median),
        "mean": times_text(spread.mean),
        "doubled": spread.doubled,
        "largest": times_text(spread.largest),
    }
    text = _("前後をくらべられる{count}区の中央値は{median}、平均は{mean}です。").format(**words)
    if not is_suppressed or may_tell_count(spread.doubled, spread.count):
        text += _("2倍以上は{doubled}区です。").format(**words)
    if not is_suppressed:
        text += _("最も大きい区は{largest}です。").format(**words)
    elif found:
        text += _("少ない区をまとめて示すため、最大の値は出しません。")
    return text


def no_font_text() -> str:
    """Return what to do on a machine that has no font for paper."""
    return _(
        "PDFをつくるための日本語フォントがこの機械にありません。"
        "Noto Sans CJK JP(Debianなら `apt install fonts-noto-cjk`)を入れてから、"
        "もう一度つくってください。"
    )
