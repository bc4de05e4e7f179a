"""件数の伸び: proposals against the baseline, all wards side by side."""

from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import FiscalYear, today
from yui.kernel.charts.engine.bars import Bar, BarChart
from yui.kernel.charts.engine.sparkline import sparkline
from yui.kernel.charts.engine.tiles import Tile, TileMap
from yui.people.practices.queries.proposals.growth import GrowthFigures, WardGrowth, growth_figures
from yui.people.practices.views.proposals.tabs import with_tabs

GOAL = Decimal(2)
STEPS = (Decimal("0.5"), Decimal(1), Decimal("1.5"), GOAL)


@login_required
@require_safe
def growth(request: HttpRequest) -> HttpResponse:
    """Show the growth; the present fiscal year is compared only once it is over, unless it is asked for."""
    present = FiscalYear.of(today())
    is_running = request.GET.get("year") == "present"
    year = present if is_running else present.previous()
    figures = growth_figures(year.year)
    finding = _finding(figures)
    context = {
        "year": year,
        "is_running": is_running,
        "latest": figures.latest,
        "ratio": _ratio_text(figures.latest.ratio),
        "finding": finding,
        "missing": [each.ward for each in figures.wards if each.ratio is None],
        "years": [FiscalYear(each) for each in figures.years],
        "rows": [(each, _spark(each)) for each in figures.wards],
        "map": _map(figures, _("基準年度との比"), finding),
        "chart": _chart(figures, _("基準値がある区の合計"), finding),
    }
    return render(request, "practices/proposals/growth.html", with_tabs(request, context))


def _ratio_text(ratio: Decimal | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"


def _finding(figures: GrowthFigures) -> str:
    """Return the comparison in one sentence."""
    latest = figures.latest
    if latest.ratio is None:
        return _("基準値と記録の両方がある区がまだないので、比べられません。")
    return _("%(wards)d区の提案は%(proposals)s件で、基準値%(baseline)s件の%(ratio)s倍です。") % {
        "wards": len(latest.wards),
        "proposals": f"{latest.proposals:,}",
        "baseline": f"{latest.baseline:,}",
        "ratio": _ratio_text(latest.ratio),
    }


def _spark(ward: WardGrowth) -> SafeString:
    """Return the small line of a ward, its baseline dashed across."""
    title = _("%(ward)sの件数の推移") % {"ward": ward.ward.name}
    return SafeString(sparkline(ward.counts, ward.baseline, title))


def _level(ratio: Decimal | None) -> int | None:
    """Return the step of the scale: below 0.5, below the baseline, below 1.5, below 2, and beyond."""
    return None if ratio is None else sum(ratio >= step for step in STEPS)


def _map(figures: GrowthFigures, title: str, finding: str) -> TileMap:
    """Return the wards as tiles with their ratio and their small line."""
    return TileMap(
        title=title,
        finding=finding,
        unit=_("倍"),
        value_label=title,
        tiles=tuple(
            Tile(
                each.ward.code,
                each.ward.name,
                f"{_ratio_text(each.ratio)}{_('倍')}" if each.ratio is not None else "",
                _level(each.ratio),
                trend=each.counts,
                url=f"{reverse('practices:proposals')}?organisation={each.ward.code}",
            )
            for each in figures.wards
        ),
    )


def _chart(figures: GrowthFigures, title: str, finding: str) -> BarChart:
    """Return the ratio of all compared wards year by year, with the goal."""
    return BarChart(
        title=title,
        finding=finding,
        unit=_("倍"),
        target=GOAL,
        is_sorted=False,
        name_label=_("年度"),
        value_label=_("基準年度との比"),
        bars=tuple(
            Bar(
                FiscalYear(each.fiscal_year).short_label,
                round(each.growth.ratio, 2) if each.growth.ratio is not None else None,
                note=_("%(wards)d区") % {"wards": len(each.growth.wards)},
            )
            for each in figures.together
        ),
    )
