"""Exhibits on the change of costs around the migration: multiplier, wards by multiplier, causes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from yui.kernel.charts import Bar, BarChart, Chart, StackedColumns, StackSeries
from yui.transition.costs.engine.multiplier import MONTHS_EACH_SIDE, may_tell_count
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.formats.petition import Drawing, Number, Row, Table
from yui.transition.costs.queries.exhibits import Answer, Numbers, Sources
from yui.transition.costs.queries.multipliers import Change, MultiplierReport
from yui.transition.costs.words import range_text, spread_sentence, times_text

TIMES, WARDS = "倍", "区"


def multiplier(sources: Sources, question: Mapping[str, Any]) -> Answer:
    """Return the joint multiplier, and that of the ward from which the petition comes."""
    report, numbers = sources.multipliers, Numbers(question, _("データなし"))
    joint = report.joint
    before, after = (joint.before.monthly(), joint.after.monthly()) if joint else (None, None)
    more = None if before is None or after is None else after - before
    rows = [_row(numbers, "joint", _("くらべられる区の合計"), joint)] if joint else []
    rows += [
        _row(numbers, each.ward.code, each.ward.name, each.change)
        for each in report.wards
        if each.change.areas
    ]
    figures = (
        numbers.exact("multiplier", _("倍率"), joint.multiplier if joint else None, unit=TIMES, places=2),
        numbers.yen("more_per_year", _("1年あたりの増加額"), None if more is None else more * 12),
        numbers.exact("counted", _("くらべた区"), report.counted, unit=WARDS, places=0),
        numbers.exact("without_data", _("データなしの区"), report.without_data, unit=WARDS, places=0),
    )
    columns = (_("移行前(月平均)"), _("移行後(月平均)"), _("増減"), _("倍率"))
    table = Table(_("移行前と後の運用経費"), _("団体"), columns, tuple(rows)) if rows else None
    return Answer(
        finding=_multiplier_finding(joint),
        figures=figures,
        drawing=_before_after(joint) if joint else None,
        table=table,
        notes=(_rule_note(),),
    )


def spread(sources: Sources, question: Mapping[str, Any]) -> Answer:
    """Return how many wards lie in each range of multipliers, small groups joined."""
    report, numbers = sources.multipliers, Numbers(question, _("データなし"))
    told = spread_sentence(report.spread, report.ranges, is_suppressed=report.is_suppressed)
    rows = tuple(
        Row(
            range_text(each),
            (
                numbers.exact(
                    f"{each.low:f}-{each.high:f}", range_text(each), each.count, unit=WARDS, places=0
                ),
            ),
        )
        for each in report.ranges
    )
    chart = StackedColumns(
        title=_("移行前と後の倍率ごとの区の数"),
        finding=told,
        unit=WARDS,
        columns=tuple(range_text(each) for each in report.ranges),
        series=(StackSeries(_("区の数"), tuple(each.count for each in report.ranges)),),
        column_label=_("倍率"),
    )
    return Answer(
        finding=told,
        figures=_spread_figures(report, numbers),
        drawing=drawn(chart, "column", (0,)) if report.ranges else None,
        table=Table(_("倍率ごとの区の数"), _("倍率"), (_("区の数"),), rows) if rows else None,
        notes=(_rule_note(), *(_suppression_note() if report.is_suppressed else ())),
    )


def causes(sources: Sources, question: Mapping[str, Any]) -> Answer:
    """Return which 経費区分 the increase comes from."""
    joint, numbers = sources.multipliers.joint, Numbers(question, _("データなし"))
    if joint is None:
        return Answer(spread_sentence(None, (), is_suppressed=True), ())
    whole = (joint.after.monthly() or Decimal(0)) - (joint.before.monthly() or Decimal(0))
    found = []
    for category in CostCategory:
        before, after = joint.before.monthly(category.value), joint.after.monthly(category.value)
        if before is not None and after is not None and (before or after):
            found.append((str(category.label), category.value, before, after))
    found.sort(key=lambda each: each[2] - each[3])
    rows = tuple(_cause(numbers, whole, *each) for each in found)
    chart = BarChart(
        title=_("経費区分ごとの増えた額(月平均)"),
        finding=_cause_finding(found),
        unit=_("円"),
        bars=tuple(Bar(name, round(after - before)) for name, _code, before, after in found),
        is_sorted=False,
        name_label=_("経費区分"),
    )
    columns = (_("移行前(月平均)"), _("移行後(月平均)"), _("増減"), _("増えた額に占める割合"))
    return Answer(
        finding=_cause_finding(found),
        figures=(numbers.yen("more", _("増えた額(月平均)"), whole),),
        drawing=drawn(chart, "bar", (2,)) if rows else None,
        table=Table(_("経費区分ごとの増えた額"), _("経費区分"), columns, rows) if rows else None,
        notes=(_rule_note(),),
    )


def drawn(chart: Chart, kind: str, columns: tuple[int, ...]) -> Drawing:
    """Return a chart as it goes on paper, with the table columns that a workbook draws instead."""
    return Drawing(chart.title, f"{chart.title}: {chart.finding}", chart.draw(), kind, columns, chart.unit)


def _row(numbers: Numbers, cell: str, name: str, change: Change) -> Row:
    before, after = change.before.monthly(), change.after.monthly()
    more = None if before is None or after is None else after - before
    return Row(
        name,
        (
            numbers.yen(f"{cell}/before", f"{name} {_('移行前(月平均)')}", before),
            numbers.yen(f"{cell}/after", f"{name} {_('移行後(月平均)')}", after),
            numbers.yen(f"{cell}/change", f"{name} {_('増減')}", more),
            numbers.exact(
                f"{cell}/multiplier", f"{name} {_('倍率')}", change.multiplier, unit=TIMES, places=2
            ),
        ),
    )


def _cause(numbers: Numbers, whole: Decimal, name: str, code: str, before: Decimal, after: Decimal) -> Row:
    share = (after - before) / whole * 100 if whole else None
    return Row(
        name,
        (
            numbers.yen(f"{code}/before", f"{name} {_('移行前(月平均)')}", before),
            numbers.yen(f"{code}/after", f"{name} {_('移行後(月平均)')}", after),
            numbers.yen(f"{code}/change", f"{name} {_('増減')}", after - before),
            numbers.exact(f"{code}/share", f"{name} {_('増えた額に占める割合')}", share, unit="%", places=1),
        ),
    )


def _spread_figures(report: MultiplierReport, numbers: Numbers) -> tuple[Number, ...]:
    """Return median and mean, and of the rest what gives no small group away."""
    told = report.spread
    if told is None:
        return ()
    figures = [
        numbers.exact("median", _("中央値"), told.median, unit=TIMES, places=2),
        numbers.exact("mean", _("平均"), told.mean, unit=TIMES, places=2),
    ]
    if not report.is_suppressed or may_tell_count(told.doubled, told.count):
        figures.append(numbers.exact("doubled", _("2倍以上の区"), told.doubled, unit=WARDS, places=0))
    if not report.is_suppressed:
        figures.append(numbers.exact("largest", _("最大"), told.largest, unit=TIMES, places=2))
    return tuple(figures)


def _before_after(joint: Change) -> Drawing:
    chart = BarChart(
        title=_("移行前と後の運用経費(月平均)"),
        finding=_multiplier_finding(joint),
        unit=_("円"),
        bars=(
            Bar(_("移行前"), round(joint.before.monthly() or 0)),
            Bar(_("移行後"), round(joint.after.monthly() or 0), is_marked=True),
        ),
        is_sorted=False,
        name_label=_("時期"),
    )
    return drawn(chart, "bar", (0, 1))


def _multiplier_finding(joint: Change | None) -> str:
    if joint is None or joint.multiplier is None:
        return spread_sentence(None, (), is_suppressed=True)
    return _("標準準拠システムへの移行の前と後で、運用経費は{times}になりました。").format(
        times=times_text(joint.multiplier)
    )


def _cause_finding(found: list[tuple[str, str, Decimal, Decimal]]) -> str:
    if not found or found[0][3] <= found[0][2]:
        return _("増えた経費区分はありません。")
    return _("最も増えたのは{name}です。").format(name=found[0][0])


def _rule_note() -> str:
    return _(
        "移行した月の前{months}か月と後{months}か月の、月あたりの運用経費をくらべました。移行した月と一時的な移行経費は数えません。"
    ).format(months=MONTHS_EACH_SIDE)


def _suppression_note() -> tuple[str, ...]:
    return (_("3区に満たない集まりは、となりとまとめて示しました。"),)
