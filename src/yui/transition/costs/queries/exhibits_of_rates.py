"""Exhibits on exchange rates, and on the ratio to expenditure."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from yui.kernel.charts import Curve, CurveChart, CurveMark, TrendChart, TrendPoint, TrendSeries
from yui.kernel.money import round_half_up
from yui.transition.costs.engine.exchange import Assumption, CostMix, Scenario, scenarios
from yui.transition.costs.engine.multiplier import MONTHS_EACH_SIDE
from yui.transition.costs.formats.petition import Number, Row, Table
from yui.transition.costs.queries.exhibits import Answer, Numbers, Sources
from yui.transition.costs.queries.exhibits_of_migration import TIMES, drawn
from yui.transition.costs.queries.multipliers import Change
from yui.transition.costs.queries.rates import YEN
from yui.transition.costs.words import signals_text, verdict_words

STEP, STEPS_EACH_SIDE = 10, 3
RATE_UNIT = "円"


def exchange(sources: Sources, question: Mapping[str, Any]) -> Answer:
    """Return what the costs after the migration would be at other exchange rates."""
    joint, numbers = sources.multipliers.joint, Numbers(question, _("データなし"))
    currency = _main_currency(joint) if joint else None
    before = joint.before.monthly() if joint else None
    if joint is None or currency is None or before is None or joint.after.total is None:
        return Answer(_("外貨の請求がないので、為替レートによる違いはありません。"), ())
    mix, paid = _mix(joint, currency)
    assumed = Assumption(rate=paid)
    target = Fraction(before)
    places = [Fraction(_nearest(paid) + STEP * step) for step in range(-STEPS_EACH_SIDE, STEPS_EACH_SIDE + 1)]
    found = scenarios(mix, target, assumed, [rate for rate in places if rate > 0])
    meets = mix.break_even(target, assumed)
    per_yen = mix.per_yen_of_rate(assumed) * 12
    figures = (
        numbers.exact("paid", _("払った平均のレート"), _decimal(paid), unit=RATE_UNIT, places=2),
        numbers.yen("per_yen", _("1円の円安で増える額(1年)"), _decimal(per_yen)),
        numbers.exact(
            "break_even",
            _("移行前と同じになるレート"),
            None if meets is None else _decimal(meets),
            unit=RATE_UNIT,
            places=1,
        ),
    )
    told = _("1{currency}が1円高くなるごとに、1年の運用経費は{yen}増えます。").format(
        currency=currency, yen=figures[1].text
    )
    if meets is None:
        told += _("為替レートだけで移行前の額に戻ることはありません。")
    rows = tuple(_scenario(numbers, currency, each, target) for each in found)
    columns = (_("移行後(月平均)"), _("移行前との差"), _("倍率"))
    return Answer(
        finding=told,
        figures=figures,
        drawing=drawn(_curve(found, target, paid, currency, told), "line", (0,)),
        table=Table(
            _("為替レートによる違い"), _("1{currency}あたりの円").format(currency=currency), columns, rows
        ),
        notes=(_("請求の外貨の部分だけを、それぞれのレートで円にしました。ほかの条件は変えていません。"),),
    )


def ratio(sources: Sources, question: Mapping[str, Any]) -> Answer:
    """Return the three curves of the ratio with the verdict on its stability."""
    report, numbers = sources.ratio, Numbers(question, _("データなし"))
    words = verdict_words(report.gated, report.gated_without, report.confirmation)
    names = (_("請求どおり"), _("為替一定"), _("一時経費なし"))
    rows = []
    for each in report.months:
        values = (each.as_billed, each.fx_neutral, each.without_one_off)
        rows.append(
            Row(
                each.month.label,
                tuple(
                    numbers.exact(
                        f"{each.month}/{code}", f"{each.month.label} {name}", value, unit="%", places=4
                    )
                    for code, name, value in zip(("billed", "neutral", "running"), names, values, strict=True)
                ),
            )
        )
    series = tuple(
        TrendSeries(
            name,
            tuple(
                TrendPoint(each.month, None if value is None else round_half_up(value, 4))
                for each in report.months
                for value in [(each.as_billed, each.fx_neutral, each.without_one_off)[place]]
            ),
        )
        for place, name in ((1, names[1]), (2, names[2]), (0, names[0]))
    )
    agreed = report.gated.agreed
    chart = TrendChart(
        title=_("IT関連運用経費の対歳出比率(36か月)"),
        unit="%",
        finding=words["sentence"],
        series=series,
        target=None if agreed is None else Decimal(str(agreed)),
        target_label=_("合意した水準") if agreed is not None else "",
    )
    has_values = any(number.value for row in rows for number in row.numbers)
    return Answer(
        finding=words["sentence"],
        figures=_verdict_figures(report, numbers),
        drawing=drawn(chart, "line", (0, 1, 2)) if has_values else None,
        table=Table(_("対歳出比率(%)"), _("月"), names, tuple(rows)) if has_values else None,
        notes=(
            _("判定の版 {rule}: 36か月の傾きの90%区間を、1年あたり{margin}とくらべます。").format(
                rule=words["rule"], margin=words["margin"]
            ),
            words["confirmation"],
            *signals_text(report.signals, [each.month for each in report.months])[-1:],
        ),
    )


def _verdict_figures(report: Any, numbers: Numbers) -> tuple[Number, ...]:
    """Return the drift with its interval, the number of points, and the level."""
    trend = report.gated.trend
    parts = [
        ("drift", _("1年あたりの変化"), trend.yearly_drift),
        ("low", _("変化の区間の下端"), trend.low),
        ("high", _("変化の区間の上端"), trend.high),
    ]
    figures = [
        numbers.exact(cell, label, None if value is None else value * 100, unit="%", places=2)
        for cell, label, value in parts
    ]
    figures.append(numbers.exact("points", _("使った月数"), trend.points, unit="か月", places=0))
    figures.append(numbers.exact("level", _("直近12か月の平均"), report.gated.level, unit="%", places=3))
    figures.append(numbers.exact("agreed", _("合意した水準"), report.gated.agreed, unit="%", places=3))
    return tuple(figures)


def _main_currency(joint: Change) -> str | None:
    """Return the foreign currency in which most is paid after the migration."""
    foreign = {
        currency: total.known
        for currency, total in joint.after.by_currency.items()
        if currency != YEN and joint.after.units.get(currency)
    }
    return max(sorted(foreign), key=lambda currency: foreign[currency]) if foreign else None


def _mix(joint: Change, currency: str) -> tuple[CostMix, Fraction]:
    """Return a mean month after the migration by currency, and the mean rate that was paid."""
    units, total = Fraction(joint.after.units[currency]), Fraction(joint.after.total or 0)
    in_yen = Fraction(joint.after.by_currency[currency].known)
    return CostMix((total - in_yen) / MONTHS_EACH_SIDE, units / MONTHS_EACH_SIDE), in_yen / units


def _nearest(rate: Fraction) -> int:
    """Return the round rate next to the one that was paid."""
    return round(rate / STEP) * STEP


def _scenario(numbers: Numbers, currency: str, each: Scenario, target: Fraction) -> Row:
    rate = f"{_decimal(each.rate):f}"
    name = f"{rate}{RATE_UNIT}"
    times = each.yen / target if target else None
    return Row(
        name,
        (
            numbers.yen(f"{currency}={rate}/after", f"{name} {_('移行後(月平均)')}", _decimal(each.yen)),
            numbers.yen(
                f"{currency}={rate}/difference", f"{name} {_('移行前との差')}", _decimal(each.difference)
            ),
            numbers.exact(
                f"{currency}={rate}/multiplier",
                f"{name} {_('倍率')}",
                None if times is None else _decimal(times),
                unit=TIMES,
                places=2,
            ),
        ),
    )


def _curve(
    found: tuple[Scenario, ...], target: Fraction, paid: Fraction, currency: str, told: str
) -> CurveChart:
    return CurveChart(
        title=_("為替レートと運用経費(月平均)"),
        finding=told,
        unit=_("円"),
        places=tuple(_decimal(each.rate) for each in found),
        place_label=_("1{currency}あたりの円").format(currency=currency),
        place_unit=RATE_UNIT,
        curves=(
            Curve(_("移行後"), tuple(round(each.yen) for each in found)),
            Curve(_("移行前"), tuple(round(target) for _each in found)),
        ),
        marks=(CurveMark(round_half_up(_decimal(paid), 2), _("払った平均")),),
    )


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
