"""業務別: ward × business area × month after allocation, and the sums behind a cell."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.charts.engine.bars import Bar, BarChart
from yui.kernel.charts.engine.stacked import StackedColumns, StackSeries
from yui.kernel.exchange.export.values import CellKind, ExportColumn
from yui.kernel.money import format_yen
from yui.kernel.policy import Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.rows import grouped_text
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.models import UseForm
from yui.transition.costs.queries.after_allocation import Borne, summarise_borne
from yui.transition.costs.queries.business import (
    BusinessRow,
    BusinessTable,
    area_names,
    business_rows,
    business_table,
    span_borne,
)
from yui.transition.costs.queries.monthly import METRICS
from yui.transition.costs.queries.overview import figure_of
from yui.transition.costs.views.exporting import send_table
from yui.transition.costs.views.months import metric_asked, months_asked

ROWS_SHOWN = 60
CONDITIONS = ("ward", "use", "category")


@login_required
@require_safe
def business(request: HttpRequest) -> HttpResponse:
    """Show the business areas of the chosen months, by ward and by 利用方式."""
    actor = actor_of(request)
    first, last, problem = months_asked(request)
    span = span_borne(actor, first, last)
    asked = {name: request.GET.get(name, "") for name in CONDITIONS}
    context: dict[str, Any] = {
        **asked,
        "problem": problem,
        "organisations": Organisation.objects.active(),
        "uses": UseForm.choices,
        "categories": CostCategory.choices,
        "metric": metric_asked(request),
        "query": request.GET.urlencode(),
        "may_import": bool(organisations_with(actor, Verb.IMPORT)),
    }
    if span is None:
        return render(request, "costs/business.html", context)
    found = business_table(business_rows(actor, span, **asked, metric=context["metric"]), span)
    page = Paginator(found.rows, ROWS_SHOWN).get_page(request.GET.get("page"))
    context |= {
        "found": found,
        "first": span[0],
        "last": span[1],
        "page": page,
        "rows": [_linked(row, found, asked | _metric_of(context)) for row in page],
        "charts": [_areas_chart(found, context["query"]), _uses_chart(found)] if found.rows else [],
    }
    return render(request, "costs/business.html", context)


@login_required
@require_safe
def business_export(request: HttpRequest, file_format: str) -> HttpResponse | StreamingHttpResponse:
    """Send ward × area × month × 経費区分 × 利用方式, one row for each, as CSV or XLSX."""
    actor = actor_of(request)
    first, last, _problem = months_asked(request)
    span = span_borne(actor, first, last)
    if span is None:
        raise Http404
    asked = {name: request.GET.get(name, "") for name in CONDITIONS}
    rows = business_rows(actor, span, **asked, metric=metric_asked(request))
    titles = (_("団体コード"), _("団体"), _("業務コード"), _("業務"), _("月"), _("経費区分"), _("利用方式"))
    columns = [ExportColumn(title) for title in titles]
    columns += [ExportColumn(_("金額(円)"), CellKind.NUMBER), ExportColumn(_("明細の行数"), CellKind.NUMBER)]
    return send_table(
        request,
        what="costs.business",
        title=_("業務別の費用"),
        columns=columns,
        rows=_export_rows(rows),
        file_format=file_format,
    )


@login_required
@require_safe
def business_lines(request: HttpRequest) -> HttpResponse:
    """Show the sums of one ward, area and month, each leading to its bill lines."""
    actor = actor_of(request)
    ward = get_object_or_404(Organisation, code=request.GET.get("ward", ""))
    try:
        month = Month.parse(request.GET.get("month", ""))
    except DateNotUnderstood as error:
        raise Http404(str(error)) from error
    area = request.GET.get("area", "")
    asked = {name: request.GET.get(name, "") for name in ("use", "category")}
    metric = metric_asked(request)
    rows = business_rows(actor, (month, month), ward=ward.code, area=area, metric=metric, **asked)
    if not rows:
        raise Http404(_("その月の費用はありません。"))
    (cell,) = summarise_borne(rows, ("ward",))
    owners = {each.code: each for each in Organisation.objects.filter(code__in={row.owner for row in rows})}
    context = {
        "ward": ward,
        "month": month,
        "area_name": area_names().get(area, area),
        "figure": figure_of(cell.yen),
        "rows": [_sum_row(row, owners) for row in rows],
    }
    return render(request, "costs/business_lines.html", context)


def _sum_row(row: Borne, owners: dict[str, Organisation]) -> dict[str, Any]:
    """Return one sum with where it leads: to the owner's lines, or to the share that was allocated."""
    query = urlencode({"ward": row.owner, "system": row.system, "month": row.month})
    url = f"{reverse('costs:lines')}?{query}"
    return {
        "row": row,
        "owner": owners[row.owner],
        "amount": f"{grouped_text(row.amount)} {row.currency}",
        "category": CostCategory(row.category).label,
        "use": UseForm(row.use).label,
        "url": url if row.allocated is None else reverse("costs:allocated", args=[row.allocated]),
    }


def _metric_of(context: dict[str, Any]) -> dict[str, str]:
    """Return the metric where it is not the usual one, so that links stay short."""
    return {"metric": context["metric"]} if context["metric"] != METRICS[0] else {}


def _linked(row: BusinessRow, found: BusinessTable, asked: dict[str, str]) -> dict[str, Any]:
    """Return a row whose cells lead to the sums behind them."""
    cells = []
    narrowed = {name: asked[name] for name in ("use", "category", "metric") if asked.get(name)}
    for month, figure in zip(found.months, row.cells, strict=True):
        query = urlencode({"ward": row.ward.code, "area": row.area, "month": str(month), **narrowed})
        cells.append((month, figure, f"{reverse('costs:business-lines')}?{query}" if figure else ""))
    return {"row": row, "cells": cells}


def _export_rows(rows: list[Borne]) -> Iterator[list[Any]]:
    names = area_names()
    wards = {each.code: each.name for each in Organisation.objects.all()}
    for cell in summarise_borne(rows, ("ward", "business", "month", "category", "use")):
        ward, area, month, category, use = cell.key
        words = (CostCategory(category).label, UseForm(use).label)
        place = [ward, wards[ward], area, names.get(area, area), month, *map(str, words)]
        yield [*place, cell.yen.yen, cell.yen.rows]


def _areas_chart(found: BusinessTable, query: str) -> BarChart:
    """Return the areas by what they cost in all the months."""
    known = [(name, figure.yen) for _area, name, figure in found.by_area if figure.yen is not None]
    name, largest = max(known, key=lambda pair: pair[1] or 0) if known else ("", 0)
    finding = _("最も費用が大きいのは{name}で、{yen} です。").format(name=name, yen=format_yen(largest or 0))
    return BarChart(
        title=_("業務ごとの費用(配賦のあと)"),
        finding=finding if known else "",
        unit=_("円"),
        bars=tuple(Bar(name, figure.yen) for _area, name, figure in found.by_area),
        name_label=_("業務"),
        value_label=_("費用"),
        download_url=f"{reverse('costs:business-export', args=['csv'])}?{query}",
    )


def _uses_chart(found: BusinessTable) -> StackedColumns:
    """Return 単独利用 and 共同利用 by month."""
    sums = {use: sum(value or 0 for value in values) for use, values in found.by_use}
    total, joint = sum(sums.values()), sums.get(UseForm.JOINT, 0)
    finding = (
        _("共同利用方式の費用は {yen} で、全体の {percent}% です。").format(
            yen=format_yen(joint), percent=f"{joint * 100 / total:.1f}"
        )
        if total
        else ""
    )
    return StackedColumns(
        title=_("単独利用と共同利用の月々の費用"),
        finding=finding,
        unit=_("円"),
        columns=tuple(str(month) for month in found.months),
        series=tuple(StackSeries(str(use.label), values) for use, values in found.by_use),
        column_label=_("月"),
    )
