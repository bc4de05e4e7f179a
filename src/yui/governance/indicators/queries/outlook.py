"""Where an indicator is heading: the projected course, and the sentence that tells it plainly."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from yui.governance.indicators.engine.pace import pace
from yui.governance.indicators.engine.projection import FITTED_MONTHS, MINIMUM_POINTS, forecast, project
from yui.governance.indicators.queries.figures import joint_scope, level_gate, months_left
from yui.governance.indicators.tree import Direction, Indicator
from yui.governance.indicators.words import amount_text, drift_text, value_text
from yui.kernel.calendar_jp import Month
from yui.kernel.charts import ProjectedPoint
from yui.kernel.measures.values import AgreedLevel
from yui.kernel.statistics.stability import (
    POINTS_NEEDED,
    YEARLY_MARGIN,
    GatedVerdict,
    Reason,
    Stability,
    StabilityVerdict,
    judge_stability,
    judge_stability_and_level,
)

MONTHS_AHEAD = 12


@dataclass(frozen=True)
class Outlook:
    """What may come: a sentence, the projected months, and the verdict where the target is stability."""

    sentence: str
    projection: tuple[ProjectedPoint, ...] = ()
    stability: StabilityVerdict | None = None
    gated: GatedVerdict | None = None


def outlook(indicator: Indicator, month: Month, points: Sequence[Decimal | None], *, joint: bool) -> Outlook:
    """Return the outlook of an indicator whose last point is ``month``'s."""
    value, target = points[-1] if points else None, indicator.target_for(joint=joint)
    numbers = [None if point is None else float(point) for point in points]
    if indicator.direction is Direction.STABILISE:
        return _stability(numbers, level_gate(indicator, joint_scope()) if joint else None, indicator)
    if value is None:
        return Outlook(_("この月の記録がないので、見通しは出せません。"))
    if indicator.direction is Direction.REPORT:
        return Outlook(_("目標値のない指標です。毎月の値を報告します。"))
    if target is None:
        return Outlook(_("目標は23区全体のものです。区ごとの目標はありません。"))
    if indicator.is_ceiling:
        return _ceiling(indicator, value)
    if indicator.cumulative:
        return _sum(indicator, month, value, target)
    return _level(indicator, month, numbers, value, target)


def _stability(values: Sequence[float | None], gate: AgreedLevel | None, indicator: Indicator) -> Outlook:
    """Tell the verdict on the trend, and on the level where one is asked for."""
    if gate is None:
        return _trend(judge_stability(values))
    found = judge_stability_and_level(values, None if gate.value is None else float(gate.value))
    told = _trend(found.trend)
    return Outlook(told.sentence + _level_sentence(found, indicator), stability=found.trend, gated=found)


def _level_sentence(found: GatedVerdict, indicator: Indicator) -> str:
    """Add what the level changes about a steady trend; nothing where the level keeps what was agreed."""
    if found.reason is Reason.NO_LEVEL:
        return _("ただし、合意した水準がまだないので、判定できません。")
    if found.reason is not Reason.ABOVE_LEVEL or found.level is None or found.agreed is None:
        return ""
    words = {
        "level": value_text(Decimal(found.level), indicator),
        "agreed": value_text(Decimal(found.agreed), indicator),
    }
    return (
        _("ただし、直近12か月の平均%(level)sが合意した水準%(agreed)sより高いので、安定とはいえません。")
        % words
    )


def _trend(verdict: StabilityVerdict) -> Outlook:
    words = {"points": verdict.points, "needed": POINTS_NEEDED, "margin": f"{YEARLY_MARGIN:.0%}"}
    if verdict.yearly_drift is None or verdict.low is None or verdict.high is None:
        sentence = _(
            "安定しているかの判定には続いた%(needed)dか月の値がいります。いまは%(points)dか月分です。"
        )
        return Outlook(sentence % words, stability=verdict)
    words |= {
        "drift": drift_text(verdict.yearly_drift),
        "low": drift_text(verdict.low),
        "high": drift_text(verdict.high),
    }
    sentence = {
        Stability.STABLE: _(
            "1年あたりの変化は%(drift)s(90%%区間 %(low)s〜%(high)s)です。"
            "区間が±%(margin)sに収まるので、安定しています。"
        ),
        Stability.UNSTABLE: _(
            "1年あたりの変化は%(drift)s(90%%区間 %(low)s〜%(high)s)です。"
            "区間が±%(margin)sの外にあるので、安定していません。"
        ),
        Stability.UNDETERMINED: _(
            "1年あたりの変化は%(drift)s(90%%区間 %(low)s〜%(high)s)です。"
            "区間が±%(margin)sの境をまたぐので、まだ判定できません。"
        ),
    }[verdict.state]
    return Outlook(sentence % words, stability=verdict)


def _ceiling(indicator: Indicator, value: Decimal) -> Outlook:
    if value == 0:
        return Outlook(_("この期間は一度も起きていません。"))
    words = {"value": amount_text(value, indicator.unit)}
    return Outlook(_("この期間に%(value)s起きたので、目標を守れていません。") % words)


def _sum(indicator: Indicator, month: Month, value: Decimal, target: Decimal) -> Outlook:
    """Tell when a sum reaches its target at the pace so far, and draw its way to the end of the window."""
    elapsed, whole = indicator.window.elapsed(month)
    going = pace(float(value), elapsed)
    course = _points(
        indicator, month, [going.after(float(value), ahead) for ahead in range(1, whole - elapsed + 1)]
    )
    if value >= target:
        return Outlook(_("目標に届いています。"), course)
    low, expected, high = (
        amount_text(Decimal(round(end)), indicator.unit) for end in going.after(float(value), whole - elapsed)
    )
    words = {"low": low, "value": expected, "high": high, "end": month.shift(whole - elapsed).label}
    words["target"] = amount_text(target, indicator.unit)
    if whole == elapsed:
        return Outlook(_("%(end)sで期間が終わり、目標の%(target)sに届きませんでした。") % words, course)
    text = _("いまのペースが続くと、%(end)sに%(value)s(90%%区間 %(low)s〜%(high)s)になる見通しです。") % words
    reach = going.months_to(float(target - value))
    return Outlook(text + _arrival(indicator, month, whole - elapsed, *reach), course)


def _level(
    indicator: Indicator, month: Month, values: Sequence[float | None], value: Decimal, target: Decimal
) -> Outlook:
    """Tell when the trend of the last two years reaches the target, and draw it for a year."""
    recent = values[-FITTED_MONTHS:]
    course = _points(indicator, month, forecast(recent, MONTHS_AHEAD))
    rising = indicator.direction is Direction.AT_LEAST
    if (value >= target) if rising else (value <= target):
        return Outlook(_("目標に届いています。"), course)
    found = project(recent, float(target))
    if found is None:
        known = sum(each is not None for each in recent)
        words = {"needed": MINIMUM_POINTS, "points": known}
        return Outlook(_("見通しには%(needed)dか月分の値がいります。いまは%(points)dか月分です。") % words)
    left = months_left(indicator, month)
    return Outlook(_arrival(indicator, month, left, found.expected, found.earliest, found.latest), course)


def _arrival(
    indicator: Indicator,
    month: Month,
    left: int,
    expected: int | None,
    earliest: int | None,
    latest: int | None,
) -> str:
    """Return when the target is reached, with its interval, and whether that is in time."""
    if expected is None:
        return _("このままでは、10年以内に目標へ届きません。")
    words = {
        "date": month.shift(expected).label,
        "low": month.shift(earliest or 0).label,
        "high": month.shift(latest).label if latest is not None else _("10年より先"),
        "due": month.shift(left).label,
    }
    text = _("目標に届くのは%(date)sごろ(90%%区間 %(low)s〜%(high)s)です。") % words
    in_time = expected <= left
    judged = _("%(due)sまでに届きます。") if in_time else _("%(due)sまでには届きません。")
    return text + judged % words


def _points(
    indicator: Indicator, month: Month, ends: Sequence[tuple[float, float, float]]
) -> tuple[ProjectedPoint, ...]:
    """Return the projected months, rounded as the indicator's values are written."""
    places = indicator.decimals
    return tuple(
        ProjectedPoint(month.shift(ahead), round(expected, places), round(low, places), round(high, places))
        for ahead, (low, expected, high) in enumerate(ends, start=1)
    )
