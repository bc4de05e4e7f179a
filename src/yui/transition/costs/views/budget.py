"""予算と実績: a ward's budget beside what was spent, by 経費区分 and system."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import accounts_close_on
from yui.kernel.charts import Bar, BarChart
from yui.kernel.exchange.export.values import CellKind, ExportColumn
from yui.kernel.money import format_yen
from yui.kernel.policy import Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.spending import Pace
from yui.transition.costs.queries.budget import (
    MONTHS_OF_A_YEAR,
    BudgetReport,
    BudgetRow,
    budget_report,
    years_with_figures,
)
from yui.transition.costs.views.choice import chosen_ward, chosen_year, wards_with_figures
from yui.transition.costs.views.downloads import table_as_file

ROWS_SHOWN = 50
PACES: dict[Pace, tuple[str, Promise]] = {
    Pace.OVER: ("late", gettext_lazy("予算を超えた")),
    Pace.UNPLANNED: ("attention", gettext_lazy("予算がない")),
    Pace.FAST: ("attention", gettext_lazy("使い方が速い")),
    Pace.WITHIN: ("on_track", gettext_lazy("予算の内")),
    Pace.FINISHED: ("achieved", gettext_lazy("予算の内で終了")),
    Pace.UNKNOWN: ("no_data", gettext_lazy("レートなし")),
}
"""The shape and the word of each pace."""


@login_required
@require_safe
def budget(request: HttpRequest) -> HttpResponse:
    """Show budget and spending of the chosen ward and year."""
    actor = actor_of(request)
    wards, year = wards_with_figures(actor), chosen_year(request, actor)
    ward = chosen_ward(request, actor, wards)
    context: dict[str, Any] = {"may_edit": bool(organisations_with(actor, Verb.EDIT))}
    if ward is None or year is None:
        return render(request, "costs/budget.html", context)
    report = budget_report(actor, ward, year)
    page = Paginator(report.rows, ROWS_SHOWN).get_page(request.GET.get("page"))
    context |= {
        "ward": ward,
        "wards": wards,
        "year": year,
        "years": sorted({year, *years_with_figures(actor, ward, year)}, reverse=True),
        "report": report,
        "page": page,
        "rows": [_linked(row, ward, report) for row in page],
        "total": _linked(report.total, ward, report, is_total=True),
        "categories": [_linked(row, ward, report, is_total=True) for row in report.categories],
        "closes_on": accounts_close_on(year),
        "chart": _chart(report) if report.rows else None,
        "query": urlencode({"ward": ward.code, "year": year}),
        "months_of_a_year": MONTHS_OF_A_YEAR,
    }
    return render(request, "costs/budget.html", context)


@login_required
@require_safe
def budget_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """Send budget and spending as a file."""
    actor = actor_of(request)
    year = chosen_year(request, actor)
    ward = chosen_ward(request, actor, wards_with_figures(actor))
    if ward is None or year is None:
        raise Http404
    columns = [
        *(ExportColumn(title) for title in (_("団体コード"), _("年度"), _("経費区分"), _("システムコード"))),
        ExportColumn(_("システム")),
        *(
            ExportColumn(title, CellKind.YEN)
            for title in (
                _("当初予算"),
                _("補正予算"),
                _("予算"),
                _("実績"),
                _("出納整理期間の支払い"),
                _("残り"),
            )
        ),
        ExportColumn(_("使った割合(%)"), CellKind.NUMBER),
        ExportColumn(_("状態")),
    ]
    return table_as_file(
        request,
        file_format,
        code="costs.budget",
        columns=columns,
        rows=_export_rows(ward, budget_report(actor, ward, year)),
        name=f"budget-{ward.code}-{year}",
    )


def _export_rows(ward: Organisation, report: BudgetReport) -> Iterable[list[Any]]:
    for row in report.rows:
        yield [
            ward.code,
            report.year.year,
            row.category_name,
            row.system,
            row.system_name,
            row.initial,
            row.supplementary,
            row.budget,
            row.spent,
            row.settled_late,
            row.left,
            row.share,
            str(PACES[row.pace][1]),
        ]


def _linked(
    row: BudgetRow, ward: Organisation, report: BudgetReport, *, is_total: bool = False
) -> dict[str, Any]:
    """Return a row with its state in words and the ways down to its budget and its lines."""
    shape, word = PACES[row.pace]
    query = {"ward": ward.code, "year": str(report.year)}
    if row is not report.total:
        query["category"] = row.category
    if not is_total:
        query["system"] = row.system
    lines = {"organisation": ward.code, "year": str(report.year)}
    return {
        "row": row,
        "state": shape,
        "word": word,
        "spent_url": f"{reverse('costs:behind')}?{urlencode(query)}" if row.has_lines else "",
        "budget_url": f"{reverse('costs:budget-lines')}?{urlencode(lines)}" if row.has_budget else "",
    }


def _chart(report: BudgetReport) -> BarChart:
    """Return the percent spent by 経費区分, beside the percent of the year."""
    bars = [Bar(row.category_name, row.share) for row in report.categories]
    year = Bar(_("年度の経過"), report.elapsed_percent, is_marked=True)
    total = report.total
    if total.spent is None:
        finding = _("為替レートがない月があるので、合計は出せません。")
    elif not total.budget:
        finding = _("この年度の予算はまだ入力されていません。実績は {spent} です。").format(
            spent=format_yen(total.spent)
        )
    else:
        finding = _(
            "予算 {budget} のうち {spent}({share}%)を使いました。請求は {months} か月分あります。"
        ).format(
            budget=format_yen(total.budget),
            spent=format_yen(total.spent),
            share=total.share,
            months=report.covered,
        )
    return BarChart(
        title=_("経費区分ごとの使った割合({year})").format(year=report.year.label),
        unit="%",
        finding=finding,
        bars=(year, *bars),
        is_sorted=False,
        name_label=_("経費区分"),
        value_label=_("使った割合"),
    )
