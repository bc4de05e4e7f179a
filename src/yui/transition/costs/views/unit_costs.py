"""1人あたり・1件あたり: what a resident and a case cost."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import Month
from yui.kernel.charts.engine.tiles import LEVELS, Tile, TileMap
from yui.kernel.exchange.export.values import CellKind, ExportColumn
from yui.kernel.money import whole_yen
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.models import MonthlyCost
from yui.transition.costs.queries.business import span_borne
from yui.transition.costs.queries.overview import MONTHS_SHOWN
from yui.transition.costs.queries.unit_costs import FEWEST_PEERS, WardUnit, area_units, median_of, ward_units
from yui.transition.costs.views.exporting import send_table
from yui.transition.costs.views.months import months_asked


@login_required
@require_safe
def unit_costs(request: HttpRequest) -> HttpResponse:
    """Show every ward's cost per resident, and the areas of a ward whose costs the reader may see."""
    actor = actor_of(request)
    months, problem = _months(actor, request)
    wards = Organisation.objects.wards()
    ward = wards.filter(code=request.GET.get("ward", "")).first()
    ward = ward or wards.filter(pk__in=actor.organisation_ids).first()
    context: dict[str, Any] = {
        "problem": problem,
        "wards": wards,
        "ward": ward,
        "query": request.GET.urlencode(),
        "fewest": FEWEST_PEERS,
    }
    if not months:
        return render(request, "costs/unit_costs.html", context)
    units = ward_units(months)
    middle = median_of(units)
    context |= {
        "first": months[0],
        "last": months[-1],
        "units": [(unit, _against(unit, middle)) for unit in units],
        "median": None if middle is None else whole_yen(middle),
        "map": _map(units, middle, request.GET.urlencode()),
        "areas": area_units(actor, ward, months) if ward else (),
        "known": sum(unit.per_resident is not None for unit in units),
    }
    return render(request, "costs/unit_costs.html", context)


@login_required
@require_safe
def unit_costs_export(request: HttpRequest, file_format: str) -> HttpResponse | StreamingHttpResponse:
    """Send every ward's cost per resident as CSV or XLSX."""
    months, _problem = _months(actor_of(request), request)
    if not months:
        raise Http404
    columns = [
        ExportColumn(_("団体コード")),
        ExportColumn(_("団体")),
        ExportColumn(_("費用(円)"), CellKind.NUMBER),
        ExportColumn(_("人口"), CellKind.NUMBER),
        ExportColumn(_("基準日"), CellKind.DATE),
        ExportColumn(_("1人あたり(円)"), CellKind.NUMBER),
        ExportColumn(_("費用のある月数"), CellKind.NUMBER),
    ]
    rows = [
        [
            unit.ward.code,
            unit.ward.name,
            unit.yen,
            unit.residents,
            unit.as_of,
            _rounded(unit.per_resident),
            unit.months,
        ]
        for unit in ward_units(months)
    ]
    return send_table(
        request,
        what="costs.unit_costs",
        title=_("1人あたりの費用"),
        columns=columns,
        rows=rows,
        file_format=file_format,
    )


def _months(actor: Actor, request: HttpRequest) -> tuple[list[Month], str]:
    """Return the months to show; a reader without costs of his own sees the newest of all."""
    first, last, problem = months_asked(request)
    span = span_borne(actor, first, last)
    if span is None:
        reason = "figures per resident are shown to all wards"
        newest = (
            MonthlyCost.objects.unscoped(reason).order_by("-month").values_list("month", flat=True).first()
        )
        if newest is None:
            return [], problem
        end = last or Month.parse(newest)
        span = (first or end.shift(1 - MONTHS_SHOWN), end)
    return Month.between(*sorted(span)), problem


def _rounded(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(Decimal("0.01"))


def _against(unit: WardUnit, middle: Decimal | None) -> str:
    """Return how far a ward lies from the median, in percent with its sign."""
    if unit.per_resident is None or not middle:
        return ""
    return f"{(unit.per_resident / middle - 1) * 100:+.1f}%"


def _map(units: Sequence[WardUnit], middle: Decimal | None, query: str) -> TileMap:
    """Return the wards on their tiles, a fifth of them in each colour: one outlier leaves the rest apart."""
    known = sorted(unit.per_resident for unit in units if unit.per_resident is not None)
    # Where each fifth begins; with few wards a fifth may be empty and begins like the next one.
    steps = [known[-(-place * len(known) // LEVELS)] for place in range(LEVELS)] if known else []
    tiles = []
    for unit in units:
        value = unit.per_resident
        level = None if value is None else known.index(value) * LEVELS // len(known)
        text = "" if value is None else _("{yen}円").format(yen=f"{whole_yen(value):,}")
        url = f"{reverse('costs:unit-costs')}?ward={unit.ward.code}"
        tiles.append(Tile(unit.ward.code, unit.ward.name, text, level, url=url))
    finding = (
        _("中央値は {yen}円です({count}区)。").format(yen=f"{whole_yen(middle):,}", count=len(known))
        if middle is not None
        else _("人口と費用の両方がある区が少ないので、中央値は出しません。")
    )
    return TileMap(
        title=_("住民1人あたりの費用"),
        finding=finding,
        unit=_("円"),
        tiles=tuple(tiles),
        value_label=_("1人あたり(円)"),
        level_texts=tuple(_("{yen}円から").format(yen=f"{whole_yen(step):,}") for step in steps),
        download_url=f"{reverse('costs:unit-costs-export', args=['csv'])}?{query}",
    )
