"""運用コスト: ward × system × month."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.charts.engine.stacked import StackedColumns, StackSeries
from yui.kernel.exchange.export.delimited import csv_stream
from yui.kernel.exchange.export.values import CellKind, ExportColumn
from yui.kernel.exchange.export.workbooks import Sheet, xlsx_bytes
from yui.kernel.exchange.operations import record_export
from yui.kernel.money import format_yen
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.queries.monthly import METRICS
from yui.transition.costs.queries.overview import Overview, SystemRow, named, overview_for, span_for
from yui.transition.costs.views.access import metric_of

ROWS_SHOWN = 50
TEXT_COLUMNS = 4
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the systems of the chosen months with the chart of 経費区分."""
    actor = actor_of(request)
    first, last, problem = _months(request)
    span = span_for(actor, first, last)
    context: dict[str, Any] = {
        "problem": problem,
        "wards": Organisation.objects.wards(),
        "ward": request.GET.get("ward", ""),
        "metric": metric_of(request),
        "may_import": bool(organisations_with(actor, Verb.IMPORT)),
        "query": request.GET.urlencode(),
    }
    if span is None:
        return render(request, "costs/overview.html", context)
    found = overview_for(actor, *span, ward=context["ward"], metric=context["metric"])
    page = Paginator(found.rows, ROWS_SHOWN).get_page(request.GET.get("page"))
    context |= {
        "overview": found,
        "first": span[0],
        "last": span[1],
        "page": page,
        "rows": [_linked(row, found, context["metric"]) for row in named(actor, page)],
        "chart": _chart(found) if found.by_category else None,
    }
    return render(request, "costs/overview.html", context)


@login_required
@require_safe
def export(request: HttpRequest, file_format: str) -> HttpResponse | StreamingHttpResponse:
    """Send ward × system × month as CSV or XLSX, as far as the reader may see it."""
    actor = actor_of(request)
    allowed = organisations_with(actor, Verb.EXPORT)
    if not allowed:
        raise PermissionRefused(actor, Verb.EXPORT)
    first, last, _problem = _months(request)
    span = span_for(actor, first, last)
    if file_format not in {"csv", "xlsx"} or span is None:
        raise Http404
    found = overview_for(actor, *span, ward=request.GET.get("ward", ""), metric=metric_of(request))
    headers = [
        _("団体コード"),
        _("団体"),
        _("システムコード"),
        _("システム"),
        *map(str, found.months),
        _("合計(円)"),
    ]
    record_export(
        actor,
        allowed[0],
        "costs.overview",
        len(found.rows),
        file_format=file_format,
        conditions=dict(request.GET.items()),
    )
    if file_format == "csv":
        response: Any = StreamingHttpResponse(
            csv_stream(headers, _export_rows(actor, found)), content_type="text/csv"
        )
    else:
        columns = [
            ExportColumn(title, CellKind.TEXT if place < TEXT_COLUMNS else CellKind.YEN)
            for place, title in enumerate(headers)
        ]
        sheet = Sheet(_("運用コスト"), columns, _export_rows(actor, found))
        response = HttpResponse(xlsx_bytes([sheet]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="costs-{span[0]}-{span[1]}.{file_format}"'
    return response


def _export_rows(actor: Actor, found: Overview) -> Iterator[list[Any]]:
    for row in named(actor, found.rows):
        cells = [cell.yen if cell else None for cell in row.months]
        yield [row.ward.code, row.ward.name, row.system_code, row.system_name, *cells, row.total.yen]


def _months(request: HttpRequest) -> tuple[Month | None, Month | None, str]:
    """Return the months asked for, and what is wrong with them."""
    months: list[Month | None] = []
    for name in ("from", "to"):
        text = request.GET.get(name, "")
        try:
            months.append(Month.parse(text) if text else None)
        except DateNotUnderstood as error:
            return None, None, str(error)
    return months[0], months[1], ""


def _linked(row: SystemRow, found: Overview, metric: str) -> dict[str, Any]:
    """Return a row whose cells lead to the lines behind them."""
    row_asked = urlencode({"ward": row.ward.code, "system": row.system_code})
    asked = "" if metric == METRICS[0] else "&" + urlencode({"metric": metric})
    address = f"{reverse('costs:lines')}?{row_asked}&month="
    cells = [
        (month, figure, f"{address}{month}{asked}" if figure else "")
        for month, figure in zip(found.months, row.months, strict=True)
    ]
    return {"row": row, "cells": cells}


def _chart(found: Overview) -> StackedColumns:
    """Return 経費区分 by month."""
    total = found.total.yen
    finding = (
        _("{first}から{last}までの合計は {total} です。").format(
            first=found.months[0].label, last=found.months[-1].label, total=format_yen(total)
        )
        if total is not None
        else _("為替レートがない月があるので、合計は出せません。")
    )
    return StackedColumns(
        title=_("経費区分ごとの月々のコスト"),
        finding=finding,
        unit=_("円"),
        columns=tuple(str(month) for month in found.months),
        series=tuple(StackSeries(str(category.label), values) for category, values in found.by_category),
        column_label=_("月"),
    )
