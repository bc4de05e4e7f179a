"""見通し: what the fiscal year under way will cost, with how sure that is."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.charts.engine.band import BandChart, BandPoint
from yui.kernel.money import format_yen
from yui.kernel.policy import Verb, require
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.tasks.operations import enqueue
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.methods import EXPLANATIONS, label_of
from yui.transition.costs.queries.monthly import costs_visible_to
from yui.transition.costs.queries.outlook import outlook_for, waiting_for
from yui.transition.costs.queries.outlook_parts import Outlook, SystemOutlook

ROWS_SHOWN = 50
RATE = "rate_"


@login_required
@require_safe
def outlook(request: HttpRequest) -> HttpResponse:
    """Show the year's total with its interval, the fan of the months, and the systems."""
    actor = actor_of(request)
    ward = request.GET.get("ward", "")
    assumed, problem = assumed_rates(request.GET)
    found = outlook_for(actor, ward=ward, assumed=assumed)
    mine = [each for each in organisations_with(actor, Verb.EDIT) if not ward or each.code == ward]
    context: dict[str, Any] = {
        "wards": Organisation.objects.wards(),
        "ward": ward,
        "problem": problem,
        "mine": mine,
        "outlook": found,
        "query": request.GET.urlencode(),
        "waiting": 0 if ward or found is None else waiting_for(actor),
    }
    if found is not None:
        page = Paginator(found.rows, ROWS_SHOWN).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "rows": [_linked(row, request) for row in page],
            "chart": fan(found),
            "per_yen": [(each.currency, abs(each.amount)) for each in found.rates],
            "methods": methods_of(found),
            "budget_url": budget_address(found),
            "budget_note": budget_note(found),
        }
    return render(request, "costs/outlook.html", context, status=422 if problem else 200)


@login_required
@require_POST
def renew_outlook(request: HttpRequest) -> HttpResponse:
    """Have the outlook of one organisation worked out anew, with its anomalies; it takes some seconds."""
    organisation = get_object_or_404(Organisation.objects.active(), code=request.POST.get("organisation", ""))
    actor = actor_of(request)
    require(actor, Verb.EDIT, organisation)
    if not costs_visible_to(actor, organisations=[organisation.code]).exists():
        messages.warning(request, _("請求がまだないので、見通しは出せません。"))
        return redirect("costs:outlook")
    job = enqueue(actor, organisation, "costs.look_ahead")
    messages.success(request, _("計算を始めました。終わると「見通し」と「気になる増減」に出ます。"))
    return redirect(job.get_absolute_url())


def assumed_rates(query: Mapping[str, str]) -> tuple[dict[str, Decimal], str]:
    """Return the rates that the address states (``rate_USD=150``), and what is wrong with them."""
    rates: dict[str, Decimal] = {}
    for name, text in query.items():
        if not name.startswith(RATE) or not text.strip():
            continue
        try:
            rate = Decimal(text.strip())
        except InvalidOperation:
            rate = Decimal(0)
        if not rate.is_finite() or not 0 < rate < 1_000_000:
            return {}, _("為替レートは、0より大きい数字で書いてください。")
        rates[name.removeprefix(RATE)] = rate
    return rates, ""


def methods_of(found: Outlook) -> list[dict[str, Any]]:
    """Return how many series each method serves, what they cost, and what the method does."""
    counted: dict[str, list[Decimal]] = {}
    for each in found.series:
        counted.setdefault(each.forecast.method, []).append(abs(each.yen))
    whole = sum((sum(costs) for costs in counted.values()), Decimal(0))
    return [
        {
            "label": label_of(method),
            "text": EXPLANATIONS.get(method, ""),
            "count": len(costs),
            "share": round(sum(costs) / whole * 100) if whole else 0,
        }
        for method, costs in sorted(counted.items(), key=lambda pair: (-sum(pair[1]), pair[0]))
    ]


def fan(found: Outlook) -> BandChart:
    """Return the year month by month: bills, then the fan of what may come."""
    points = tuple(
        BandPoint(
            label=_("{month}月").format(month=each.month.month),
            value=each.actual,
            expected=each.expected,
            inner=each.inner,
            outer=each.outer,
        )
        for each in found.months
    )
    return BandChart(
        title=_("{year}の月々のコスト").format(year=found.year.label),
        finding=finding(found),
        unit=_("円"),
        points=points,
        value_name=_("請求"),
        expected_name=_("見通し"),
        inner_name=_("80%の幅"),
        outer_name=_("95%の幅"),
        point_label=_("月"),
    )


def finding(found: Outlook) -> str:
    """Say in a sentence what the year comes to, and how sure that is."""
    if found.total is None or found.inner is None:
        return _("為替レートがない通貨があるので、合計は出せません。")
    text = _("年度末までの合計は {total} の見込みです(80%の確かさで {low}〜{high})。").format(
        total=format_yen(found.total), low=format_yen(found.inner[0]), high=format_yen(found.inner[1])
    )
    if found.before is None or found.months_before < len(found.months):
        return text
    change = Decimal(found.total - found.before) / found.before * 100 if found.before else Decimal(0)
    return text + _("前の年度より {change}% です。").format(change=f"{change:+.1f}")


def budget_address(found: Outlook) -> str:
    """Return the address of the year's budget, of the ward where it is one."""
    wards = {"ward": found.wards[0].code} if len(found.wards) == 1 else {}
    return f"{reverse('costs:budget')}?{urlencode(wards | {'year': found.year})}"


def budget_note(found: Outlook) -> str:
    """Say what the outlook was compared with, or what is missing for that."""
    if found.budget is None:
        return _("{count} 団体の予算が入力されていません。").format(count=found.without_budget)
    if found.budget_left is not None and found.budget_left < 0:
        return _("予算 {budget} を超える見込みです。").format(budget=format_yen(found.budget))
    return _("予算は {budget} です。").format(budget=format_yen(found.budget))


def series_address(row: SystemOutlook, request: HttpRequest) -> str:
    """Return the address of the page with the series of one system, at the same assumed rates."""
    kept = {name: value for name, value in request.GET.items() if name.startswith(RATE)}
    query = urlencode({"ward": row.ward.code, "system": row.code, **kept})
    return f"{reverse('costs:outlook-system')}?{query}"


def _linked(row: SystemOutlook, request: HttpRequest) -> dict[str, Any]:
    return {
        "row": row,
        "url": series_address(row, request),
        "method": label_of(row.part.methods[0]) if row.part.methods else "",
        "others": len(row.part.methods) - 1,
        "wape": percent_text(row.part.wape),
        "share": None if row.share is None else round(row.share * 100, 1),
        "before": None if row.part.before.yen is None or not row.part.before.rows else row.part.before.yen,
        "actual": row.part.actual.yen,
    }


def percent_text(share: float | None) -> str:
    """Return a share as text in per cent, empty without one."""
    return "" if share is None else f"{share * 100:.1f}%"


def chosen_system(found: Outlook | None, system: str) -> SystemOutlook:
    """Return the system of an outlook over one ward, or answer 404."""
    rows = [row for row in found.rows if row.code == system] if found else []
    if not rows:
        raise Http404(_("そのシステムの見通しはありません。"))
    return rows[0]
