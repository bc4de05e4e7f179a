"""The outlook as a file: every series with its method, its error, and its coming months."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.exchange.export.delimited import csv_stream
from yui.kernel.exchange.export.values import CellKind, ExportColumn
from yui.kernel.exchange.export.workbooks import Sheet, xlsx_bytes
from yui.kernel.exchange.operations import record_export
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.forecast_sums import interval
from yui.transition.costs.methods import label_of
from yui.transition.costs.queries.outlook import outlook_for
from yui.transition.costs.queries.outlook_parts import ZERO, Outlook
from yui.transition.costs.views.outlook import assumed_rates
from yui.transition.costs.views.overview import XLSX

TEXTS = 7


@login_required
@require_safe
def outlook_export(request: HttpRequest, file_format: str) -> HttpResponse | StreamingHttpResponse:
    """Send the series as CSV or XLSX, as far as the reader may see them."""
    actor = actor_of(request)
    allowed = organisations_with(actor, Verb.EXPORT)
    if not allowed:
        raise PermissionRefused(actor, Verb.EXPORT)
    assumed, _problem = assumed_rates(request.GET)
    found = outlook_for(actor, ward=request.GET.get("ward", ""), assumed=assumed)
    if file_format not in {"csv", "xlsx"} or found is None:
        raise Http404
    headers = _headers(found)
    record_export(
        actor,
        allowed[0],
        "costs.outlook",
        len(found.series),
        file_format=file_format,
        conditions=dict(request.GET.items()),
    )
    if file_format == "csv":
        response: Any = StreamingHttpResponse(csv_stream(headers, _rows(found)), content_type="text/csv")
    else:
        columns = [
            ExportColumn(title, CellKind.TEXT if place < TEXTS else CellKind.NUMBER)
            for place, title in enumerate(headers)
        ]
        content = xlsx_bytes([Sheet(_("見通し"), columns, _rows(found))])
        response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="costs-outlook-{found.year}.{file_format}"'
    return response


def _headers(found: Outlook) -> list[str]:
    return [
        _("団体コード"),
        _("システムコード"),
        _("経費区分"),
        _("事業者"),
        _("契約番号"),
        _("通貨"),
        _("方法"),
        _("月数"),
        "WAPE",
        "MASE",
        _("80%の幅に入った割合"),
        *(str(each.month) for each in found.months),
        _("これからの合計"),
        _("80%の下限"),
        _("80%の上限"),
        _("仮定した為替レート"),
    ]


def _rows(found: Outlook) -> Iterator[list[Any]]:
    for each in found.series:
        forecast = each.forecast
        key, tried = forecast.key, forecast.backtest
        total = sum(forecast.points.values(), ZERO)
        low, high = interval(float(total), forecast.total_spread, 80)
        has_points = bool(forecast.points)
        yield [
            each.ward,
            key.system,
            key.category,
            key.provider,
            key.contract,
            key.currency,
            label_of(forecast.method),
            forecast.months,
            None if tried is None or tried.wape is None else round(tried.wape, 4),
            None if tried is None or tried.mase is None else round(tried.mase, 4),
            None if tried is None else round(tried.coverage_80, 4),
            *(forecast.points.get(month.month.index) for month in found.months),
            total if has_points else None,
            round(low, 2) if has_points else None,
            round(high, 2) if has_points else None,
            each.rate,
        ]
