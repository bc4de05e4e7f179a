"""解決の数字: what was asked and solved in a fiscal year, and the questions behind each number."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import FiscalYear, Period
from yui.kernel.charts import Tile, TileMap
from yui.kernel.charts.engine.tiles import LEVELS
from yui.kernel.measures.values import Evidence, EvidenceRow, MeasureScope
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.people.commons.queries.helping.figures import (
    NAMES,
    TARGET,
    YearFigures,
    definition,
    heading,
    value_text,
    year_figures,
    years_shown,
)

PAGE_ROWS = 50


@login_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show the figures of a fiscal year, by default the present one."""
    year = _year(request)
    found = year_figures(year)
    solved = found.together[0]
    context = {
        "figures": found,
        "year": year,
        "years": [(each.short_label, f"?year={each.year}", each == year) for each in years_shown()],
        "target": TARGET,
        "target_text": str(TARGET),
        "solved": int(solved.measure.value) if solved.measure else None,
        "shown": [
            (each, value, _address(year, value.name, value.scope))
            for each, value in zip(found.headings, found.together, strict=True)
        ],
        "rows": [
            (
                body,
                [
                    (each, value, _address(year, value.name, value.scope))
                    for each, value in zip(found.headings, body.values, strict=True)
                ],
            )
            for body in found.bodies
        ],
        "map": _map(found),
    }
    return render(request, "commons/figures.html", context)


@login_required
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """List the records behind one figure that the reader may see."""
    actor, year, name = actor_of(request), _year(request), request.GET.get("figure", "")
    if name not in NAMES:
        raise Http404(_("その数字は見つかりません。"))
    scope = _scope(request.GET.get("ward", ""))
    found, period = definition(name), Period.of_fiscal_year(year)
    measured = found(scope, period)
    paginator: Paginator = Paginator(_Rows(measured.evidence if measured else None, actor), PAGE_ROWS)  # type: ignore[arg-type]  # it needs len() and slices only
    counted = (measured.records or 0) if measured else 0
    context = {
        "heading": heading(name),
        "scope": scope,
        "year": year,
        "measure": measured,
        "value": value_text(name, measured.value) if measured else None,
        "page": paginator.get_page(request.GET.get("page")),
        "columns": measured.evidence.columns if measured else (),
        "unseen": max(0, counted - paginator.count),
        "lacks": () if measured else found.what_lacks(scope, period),
    }
    return render(request, "commons/figure_records.html", context)


class _Rows:
    """Evidence narrowed to one reader; a paginator can count and cut it."""

    def __init__(self, evidence: Evidence | None, actor: Actor) -> None:
        self.evidence, self.actor = evidence, actor
        self.size = evidence.count(actor) if evidence else 0

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, part: slice) -> list[EvidenceRow]:
        start, stop, _step = part.indices(self.size)
        return self.evidence.rows(self.actor, start, stop - start) if self.evidence else []


def _year(request: HttpRequest) -> FiscalYear:
    """Return the fiscal year of the address; the present one for anything that is not on the list."""
    wanted, shown = request.GET.get("year", ""), years_shown()
    return next((year for year in shown if str(year.year) == wanted), shown[0])


def _scope(code: str) -> MeasureScope:
    if code in {"", MeasureScope().code}:
        return MeasureScope()
    organisation = Organisation.objects.active().filter(code=code).first()
    if organisation is None:
        raise Http404(_("その団体は見つかりません。"))
    return MeasureScope(organisation)


def _address(year: FiscalYear, name: str, scope: str) -> str:
    return f"{reverse('commons:figure-records')}?figure={name}&year={year.year}&ward={scope}"


def _map(found: YearFigures) -> TileMap:
    """Return the wards as tiles with what was solved, month by month; darker where more was."""
    wards = [body for body in found.bodies if body.organisation.is_ward]
    most = max((int(body.solved.measure.value) for body in wards if body.solved.measure), default=0)
    return TileMap(
        title=_("区ごとの解決した質問"),
        finding=_(
            "質問した区で数えます。少ないことは、悪いことではありません。困りごとが少ない区もあります。"
        ),
        unit=_("件"),
        value_label=_("解決した質問"),
        tiles=tuple(
            Tile(
                body.organisation.code,
                body.organisation.name,
                f"{body.solved.text}{_('件')}" if body.solved.measure else "",
                _level(int(body.solved.measure.value), most) if body.solved.measure else None,
                trend=tuple(body.months),
                url=_address(found.year, body.solved.name, body.solved.scope),
            )
            for body in wards
        ),
    )


def _level(number: int, most: int) -> int:
    return min(LEVELS - 1, number * LEVELS // (most + 1)) if most else 0
