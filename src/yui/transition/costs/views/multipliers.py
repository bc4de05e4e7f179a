"""移行前と後: by how much running costs changed with the migration."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.charts import StackedColumns, StackSeries
from yui.kernel.exchange.export.values import CellKind, ExportColumn
from yui.kernel.money import round_half_up, whole_yen
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.multiplier import RULE
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.queries.multipliers import (
    AreaChange,
    MultiplierReport,
    Side,
    WardChange,
    multiplier_report,
)
from yui.transition.costs.queries.stability import latest_month
from yui.transition.costs.views.files import send_table
from yui.transition.costs.words import lack_text, range_text, spread_sentence, times_text


@login_required
@require_safe
def multipliers(request: HttpRequest) -> HttpResponse:
    """Show the change of all wards together, of the reader's wards, and of each business area in them."""
    report = _asked(request)
    if report is None:
        return render(request, "costs/multipliers.html", {})
    context: dict[str, Any] = {
        "report": report,
        "rule": RULE,
        "sentence": spread_sentence(report.spread, report.ranges, is_suppressed=report.is_suppressed),
        "chart": multiplier_chart(report),
        "causes": _causes(report),
        "joint": times_text(report.joint.multiplier if report.joint else None),
        "wards": [_ward(each) for each in report.wards],
        "query": urlencode(
            {"until": str(report.until)} | ({"rates": "constant"} if report.is_constant else {})
        ),
    }
    return render(request, "costs/multipliers.html", context)


@login_required
@require_safe
def multipliers_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """Send the wards and areas that the reader may see as CSV or XLSX."""
    report = _asked(request)
    if report is None:
        raise Http404(_("移行の前と後を比べられる請求がまだありません。"))
    columns = [
        ExportColumn(_("団体コード")),
        ExportColumn(_("団体")),
        ExportColumn(_("業務")),
        ExportColumn(_("移行日"), CellKind.DATE),
        ExportColumn(_("移行前の月平均(円)"), CellKind.YEN),
        ExportColumn(_("移行後の月平均(円)"), CellKind.YEN),
        ExportColumn(_("倍率"), CellKind.NUMBER),
        ExportColumn(_("備考")),
    ]
    rows = [
        [
            ward.ward.code,
            ward.ward.name,
            area.area.name_ja,
            area.migrated_on,
            *_figures(area),
            lack_text(area.lack),
        ]
        for ward in report.wards
        for area in ward.areas
    ]
    name = f"multipliers-{report.until}"
    return send_table(request, "costs.multipliers", name, file_format, (columns, rows))


def _asked(request: HttpRequest) -> MultiplierReport | None:
    try:
        until = Month.parse(request.GET["until"]) if request.GET.get("until") else latest_month()
    except DateNotUnderstood as error:
        raise Http404(str(error)) from error
    if until is None:
        return None
    return multiplier_report(actor_of(request), until, is_constant=request.GET.get("rates") == "constant")


def multiplier_chart(report: MultiplierReport) -> StackedColumns | None:
    """Return how many wards lie in each range of multipliers."""
    if not report.ranges:
        return None
    return StackedColumns(
        title=_("移行前と後の倍率ごとの区の数"),
        finding=spread_sentence(report.spread, report.ranges, is_suppressed=report.is_suppressed),
        unit=_("区"),
        columns=tuple(range_text(each) for each in report.ranges),
        series=(StackSeries(_("区の数"), tuple(each.count for each in report.ranges)),),
        column_label=_("倍率"),
    )


def _causes(report: MultiplierReport) -> list[dict[str, Any]]:
    """Return the mean month before and after by 経費区分, largest increase first."""
    joint = report.joint
    if joint is None:
        return []
    rows = []
    for category in CostCategory:
        before, after = joint.before.monthly(category.value), joint.after.monthly(category.value)
        if not before and not after:
            continue
        change = None if before is None or after is None else after - before
        rows.append(
            {
                "label": category.label,
                "before": _yen(before),
                "after": _yen(after),
                "change": None if change is None else whole_yen(change),
                "times": times_text(after / before if before and after is not None else None),
            }
        )
    return sorted(rows, key=lambda row: -(row["change"] or 0))


def _ward(each: WardChange) -> dict[str, Any]:
    return {
        "ward": each.ward,
        "before": _yen(each.change.before.monthly()) if each.change.areas else None,
        "after": _yen(each.change.after.monthly()) if each.change.areas else None,
        "times": times_text(each.multiplier),
        "complete": each.change.areas,
        "areas": [_area(each, area) for area in each.areas],
    }


def _area(ward: WardChange, area: AreaChange) -> dict[str, Any]:
    """Return an area's cells; each side leads to the costs of its months."""
    before, after, times = _figures(area)
    links = []
    for months in area.months:
        query = {"ward": ward.ward.code, "from": str(months[0]), "to": str(months[-1])}
        links.append(f"{reverse('costs:overview')}?{urlencode(query)}")
    return {
        "name": area.area.name_ja,
        "on": area.migrated_on,
        "before": (before, links[0]),
        "after": (after, links[1]),
        "times": times_text(times),
        "lack": lack_text(area.lack),
    }


def _figures(area: AreaChange) -> tuple[int | None, int | None, Decimal | None]:
    """Return the mean months in whole yen and the multiplier; nothing where data are missing."""
    if area.lack:
        return None, None, None
    times = area.change.multiplier
    return (
        _mean(area.change.before),
        _mean(area.change.after),
        None if times is None else round_half_up(times, 4),
    )


def _mean(side: Side) -> int | None:
    return _yen(side.monthly())


def _yen(amount: Decimal | None) -> int | None:
    return None if amount is None else whole_yen(amount)
