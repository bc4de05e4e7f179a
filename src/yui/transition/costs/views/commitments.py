"""約束と使用: commitments and contracts beside what was used of them."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import today
from yui.kernel.charts import Bar, BarChart
from yui.kernel.exchange.export.values import CellKind, ExportColumn
from yui.kernel.money import format_yen, round_half_up
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.rows import grouped_text
from yui.transition.costs.queries.commitments import (
    Commitment,
    ContractUse,
    commitments_for,
    contracts_in_use,
)
from yui.transition.costs.views.choice import chosen_ward, chosen_year, wards_with_figures
from yui.transition.costs.views.downloads import table_as_file

ROWS_SHOWN = 50
BARS_SHOWN = 12


@login_required
@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """Show what was promised and used in the chosen ward."""
    actor = actor_of(request)
    wards, year = wards_with_figures(actor), chosen_year(request, actor)
    ward = chosen_ward(request, actor, wards)
    if ward is None or year is None:
        return render(request, "costs/commitments.html", {})
    promised = commitments_for(actor, ward.code)
    contracts = contracts_in_use(actor, ward, year, today())
    page = Paginator(promised, ROWS_SHOWN).get_page(request.GET.get("page"))
    contract_page = Paginator(contracts, ROWS_SHOWN).get_page(request.GET.get("contracts"))
    unused = [each.unused_yen for each in promised if each.unused_yen is not None]
    context = {
        "ward": ward,
        "wards": wards,
        "year": year,
        "count": len(promised),
        "unused": sum(unused) if unused else None,
        "ending": sum(use.ends_soon for use in contracts),
        "page": page,
        "rows": [_row(each) for each in page],
        "contract_page": contract_page,
        "contracts": [_contract(use, str(year)) for use in contract_page],
        "chart": _chart(promised) if promised else None,
        "query": urlencode({"ward": ward.code, "year": year}),
    }
    return render(request, "costs/commitments.html", context)


@login_required
@require_safe
def commitments_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """Send the commitments as a file."""
    actor = actor_of(request)
    ward = chosen_ward(request, actor, wards_with_figures(actor))
    if ward is None:
        raise Http404
    columns = [
        *(ExportColumn(title) for title in (_("団体コード"), _("約束の番号"), _("契約番号"), _("内容"))),
        ExportColumn(_("開始日"), CellKind.DATE),
        ExportColumn(_("終了日"), CellKind.DATE),
        *(ExportColumn(title) for title in (_("約束した量"), _("使った量"))),
        ExportColumn(_("使った割合(%)"), CellKind.NUMBER),
        ExportColumn(_("使わなかった額(円)"), CellKind.YEN),
    ]
    return table_as_file(
        request,
        file_format,
        code="costs.commitments",
        columns=columns,
        rows=_export_rows(commitments_for(actor, ward.code)),
        name=f"commitments-{ward.code}",
    )


def _export_rows(found: Iterable[Commitment]) -> Iterable[list[Any]]:
    for each in found:
        yield [
            each.ward.code,
            each.identifier,
            each.contract,
            each.description,
            each.starts_on,
            each.ends_on,
            _promised(each),
            _used(each),
            each.coverage,
            each.unused_yen,
        ]


def _promised(each: Commitment) -> str:
    """Return what was promised: a quantity or an amount, with its unit."""
    if each.counts_quantity and each.quantity is not None:
        return f"{grouped_text(each.quantity)} {each.unit}"
    return "" if each.cost is None else f"{grouped_text(each.cost)} {each.currency}"


def _used(each: Commitment) -> str:
    if each.counts_quantity:
        return f"{grouped_text(round_half_up(each.applied.quantity, 2))} {each.unit}"
    return f"{grouped_text(round_half_up(each.applied.cost, 2))} {each.currency}"


def _row(each: Commitment) -> dict[str, Any]:
    query = urlencode({"ward": each.ward.code, "commitment": each.identifier})
    address = f"{reverse('costs:behind')}?{query}"
    return {
        "it": each,
        "promised": _promised(each),
        "used": _used(each),
        "used_url": address if each.applied.rows else "",
        "unused_url": f"{address}&part=unused" if each.is_told else "",
        "elapsed": round(each.elapsed * 100),
    }


def _contract(use: ContractUse, year: str) -> dict[str, Any]:
    query = urlencode({"ward": use.ward.code, "contract": use.number, "year": year})
    if use.contract is None:
        state, word = "attention", _("台帳にない")
    elif use.days_left is not None and use.days_left < 0:
        state, word = "late", _("終わった契約")
    elif use.ends_soon:
        state, word = "attention", _("もうすぐ終わる")
    else:
        state, word = "on_track", _("期間の内")
    return {
        "it": use,
        "url": reverse("registry:contract", args=[use.contract.id]) if use.contract else "",
        "billed_url": f"{reverse('costs:behind')}?{query}" if use.has_lines else "",
        "state": state,
        "word": word,
    }


def _chart(found: list[Commitment]) -> BarChart:
    """Return the percent used of what was promised so far, the least used first."""
    known = sorted((each for each in found if each.coverage is not None), key=lambda each: each.coverage or 0)
    unused = sum(each.unused_yen or 0 for each in found)
    finding = _("これまでに使わなかった額は、合わせて {amount} です。").format(amount=format_yen(unused))
    return BarChart(
        title=_("約束のうち使った割合"),
        unit="%",
        finding=finding,
        bars=tuple(
            Bar(each.description or each.identifier, each.coverage, _row(each)["used_url"], each.identifier)
            for each in known[:BARS_SHOWN]
        ),
        target=100,
        is_sorted=False,
        name_label=_("約束"),
        value_label=_("使った割合"),
    )
