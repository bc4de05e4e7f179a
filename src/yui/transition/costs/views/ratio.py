"""対歳出比率: three curves of 36 months, the verdict on stability, and what it rests on."""

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
from yui.kernel.charts import TrendChart, TrendPoint, TrendSeries
from yui.kernel.exchange.export.values import CellKind, ExportColumn
from yui.kernel.money import round_half_up, whole_yen
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.queries.stability import RatioReport, latest_month, ratio_report
from yui.transition.costs.views.files import send_table
from yui.transition.costs.words import percent_text, signals_text, verdict_words

PLACES = 4


@login_required
@require_safe
def ratio(request: HttpRequest) -> HttpResponse:
    """Show the ratio of all wards together, or of one of the reader's own wards."""
    wards = own_wards(actor_of(request))
    context: dict[str, Any] = {"wards": wards}
    report = _asked(request, wards)
    if report is None:
        return render(request, "costs/ratio.html", context)
    context |= {
        "report": report,
        "last": report.last_month,
        "ward": report.scope.organisation,
        "chart": ratio_chart(report),
        "verdict": verdict_of(report),
        "annual": [(year.label, percent_text(value)) for year, value in report.annual],
        "signals": signals_text(report.signals, [each.month for each in report.months]),
        "rows": [_row(report, each) for each in reversed(report.months)],
        "query": urlencode(
            {"month": str(report.last_month)}
            | ({"ward": report.scope.code} if report.scope.organisation else {})
        ),
    }
    return render(request, "costs/ratio.html", context)


@login_required
@require_safe
def ratio_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """Send the 36 months as CSV or XLSX."""
    report = _asked(request, own_wards(actor_of(request)))
    if report is None:
        raise Http404(_("比率を出せる月がまだありません。"))
    columns = [
        ExportColumn(_("月")),
        ExportColumn(_("対歳出比率(%)"), CellKind.NUMBER),
        ExportColumn(_("為替一定(%)"), CellKind.NUMBER),
        ExportColumn(_("為替一定・一時経費なし(%)"), CellKind.NUMBER),
        ExportColumn(_("運用経費(円、為替一定)"), CellKind.YEN),
        ExportColumn(_("歳出(円、月割り)"), CellKind.YEN),
        ExportColumn(_("数えた区"), CellKind.NUMBER),
        ExportColumn(_("定義の版"), CellKind.NUMBER),
    ]
    rows = [
        [
            str(each.month),
            _rounded(each.as_billed),
            _rounded(each.fx_neutral),
            _rounded(each.without_one_off),
            None if each.cost is None else whole_yen(each.cost),
            None if each.expenditure is None else whole_yen(each.expenditure),
            each.wards,
            report.definition.version,
        ]
        for each in report.months
    ]
    name = f"ratio-{report.scope.code}-{report.last_month}"
    return send_table(request, "costs.ratio", name, file_format, (columns, rows))


def verdict_of(report: RatioReport) -> dict[str, Any]:
    """Return the report's verdict in words."""
    return verdict_words(report.gated, report.gated_without, report.confirmation)


def own_wards(actor: Actor) -> list[Organisation]:
    """Return the wards whose own ratio the actor may open: those in which he has a role."""
    wards = Organisation.objects.wards()
    return list(wards if actor.is_system else wards.filter(pk__in=actor.organisation_ids))


def _asked(request: HttpRequest, wards: list[Organisation]) -> RatioReport | None:
    """Return the report of the month and ward in the address; ``None`` where nobody has bills yet."""
    code = request.GET.get("ward", "")
    ward = next((each for each in wards if each.code == code), None)
    if code and ward is None:
        raise Http404(_("この区の比率は開けません。"))
    try:
        last = Month.parse(request.GET["month"]) if request.GET.get("month") else latest_month()
    except DateNotUnderstood as error:
        raise Http404(str(error)) from error
    return ratio_report(last, ward) if last else None


def ratio_chart(report: RatioReport) -> TrendChart | None:
    """Return the three curves with the agreed level; nothing where no month has a ratio."""
    series = (
        TrendSeries(
            _("為替一定"),
            tuple(TrendPoint(each.month, _rounded(each.fx_neutral)) for each in report.months),
        ),
        TrendSeries(
            _("一時経費なし"),
            tuple(TrendPoint(each.month, _rounded(each.without_one_off)) for each in report.months),
        ),
        TrendSeries(
            _("請求どおり"),
            tuple(TrendPoint(each.month, _rounded(each.as_billed)) for each in report.months),
        ),
    )
    if all(point.value is None for line in series for point in line.points):
        return None
    agreed = report.gated.agreed
    return TrendChart(
        title=_("IT関連運用経費の対歳出比率(36か月)"),
        unit="%",
        finding=verdict_of(report)["sentence"],
        series=series,
        target=None if agreed is None else Decimal(str(agreed)),
        target_label="" if agreed is None else _("合意した水準 {level}").format(level=percent_text(agreed)),
    )


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else round_half_up(value, PLACES)


def _row(report: RatioReport, each: Any) -> dict[str, Any]:
    """Return a month's cells, with the way down to the costs behind it."""
    query = {"from": str(each.month), "to": str(each.month)}
    if report.scope.organisation is not None:
        query["ward"] = report.scope.code
    return {
        "month": each.month,
        "ratios": [percent_text(value) for value in (each.as_billed, each.fx_neutral, each.without_one_off)],
        "cost": None if each.cost is None else whole_yen(each.cost),
        "expenditure": None if each.expenditure is None else whole_yen(each.expenditure),
        "wards": each.wards,
        "url": f"{reverse('costs:overview')}?{urlencode(query)}",
    }
