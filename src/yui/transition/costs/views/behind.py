"""The bill lines behind a figure of a budget, a contract or a commitment."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import DateNotUnderstood, FiscalYear
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.spending import Behind
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.queries.spending import lines_behind, months_of
from yui.transition.costs.views.lines import LinesPager

LINES_SHOWN = 50


@login_required
@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """Show the lines; what the reader may not see does not exist for him."""
    ward = get_object_or_404(Organisation, code=request.GET.get("ward", ""))
    year = _year(request)
    limits = {
        name: request.GET[name]
        for name in ("system", "category", "contract", "commitment")
        if name in request.GET
    }
    asked = Behind(
        fiscal_year=None if year is None else str(year),
        is_unused=request.GET.get("part") == "unused",
        **limits,
    )
    if not asked.parameters():
        raise Http404(_("条件がありません。"))
    evidence = lines_behind(ward, asked, None if year is None else months_of(year))
    if not evidence.count(actor_of(request)):
        raise Http404(_("その条件の明細はありません。"))
    context = {
        "ward": ward,
        "year": year,
        "limits": _named(limits),
        "columns": evidence.columns,
        "page": Paginator(LinesPager(evidence, request), LINES_SHOWN).get_page(request.GET.get("page")),
    }
    return render(request, "costs/behind.html", context)


def _year(request: HttpRequest) -> FiscalYear | None:
    text = request.GET.get("year", "")
    try:
        return FiscalYear.parse(text) if text else None
    except DateNotUnderstood as error:
        raise Http404(str(error)) from error


def _named(limits: dict[str, str]) -> list[tuple[str, str]]:
    """Return the conditions for reading."""
    titles = {
        "system": _("システム"),
        "category": _("経費区分"),
        "contract": _("契約番号"),
        "commitment": _("約束の番号"),
    }
    named = []
    for name, value in limits.items():
        text = str(CostCategory(value).label) if value in CostCategory.values else value
        named.append((titles[name], text or _("未対応")))
    return named
