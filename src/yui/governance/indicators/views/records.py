"""根拠: one figure, how it was worked out, and the records behind it that the reader may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.governance.indicators import words
from yui.governance.indicators.queries.figures import Figure, figures
from yui.governance.indicators.queries.rows import row_of
from yui.governance.indicators.queries.snapshots import stored_figures
from yui.governance.indicators.tree import Indicator
from yui.governance.indicators.views.asking import Asked, asked, asked_indicator
from yui.governance.indicators.views.downloads import enter_export, exporting_organisation_id, table_file
from yui.governance.indicators.views.indicator import formula_of
from yui.kernel.exchange.export import ExportColumn
from yui.kernel.measures.registry import measures
from yui.kernel.measures.values import Evidence, EvidenceRow
from yui.kernel.policy import Actor
from yui.kernel.tables.downloads import FORMATS
from yui.kernel.ui.asking import actor_of

PAGE_ROWS = 50
CHUNK_ROWS = 1000


@dataclass(frozen=True)
class VisibleRecords:
    """Evidence narrowed to one reader; a paginator can count and cut it."""

    evidence: Evidence
    actor: Actor
    size: int

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, part: slice) -> list[EvidenceRow]:
        start, stop, _step = part.indices(self.size)
        return self.evidence.rows(self.actor, start, stop - start)

    def cells(self) -> Iterator[tuple[str, ...]]:
        """Yield the cells of every record, read in parts."""
        for start in range(0, self.size, CHUNK_ROWS):
            for row in self[start : start + CHUNK_ROWS]:
                yield row.cells


@login_required
@require_safe
def records(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show the records behind a figure, measured now, or send them as a file."""
    found = asked_indicator(slug)
    question = asked(request)
    actor = actor_of(request)
    figure = figures(question.month, [question.scope], [found], history_months=1)[
        found.code, question.scope_code
    ]
    behind = _behind(figure, actor)
    file_format = request.GET.get("download", "")
    if file_format in FORMATS and behind is not None:
        return _file(request, found, question, behind, file_format)
    context: dict[str, Any] = {
        "asked": question,
        "indicator": found,
        "figure": figure,
        "formula": _formula(figure),
        "columns": behind.evidence.columns if behind is not None else (),
        "page": _page(behind, request.GET.get("page")),
        "may_export": exporting_organisation_id(actor) is not None,
        "formats": [(name, name.upper()) for name in FORMATS],
        "purpose": getattr(measures().get(found.measure), "purpose", ""),
        **_compared(found, question, actor, figure),
    }
    return render(request, "indicators/records.html", context)


def _behind(figure: Figure, actor: Actor) -> VisibleRecords | None:
    if figure.measure is None:
        return None
    evidence = figure.measure.evidence
    return VisibleRecords(evidence, actor, evidence.count(actor))


def _page(behind: VisibleRecords | None, number: str | None) -> Page | None:
    if behind is None:
        return None
    paginator: Paginator = Paginator(behind, PAGE_ROWS)  # type: ignore[arg-type]  # it needs len() and slices only
    return paginator.get_page(number)


def _formula(figure: Figure) -> dict[str, str] | None:
    if figure.measure is None:
        return None
    measured = figure.measure
    return formula_of(figure.indicator, measured.value, measured.numerator, measured.denominator)


def _compared(found: Indicator, question: Asked, actor: Actor, figure: Figure) -> dict[str, Any]:
    """Return the stored figure, and whether the records have changed since it was stored."""
    stored = stored_figures(
        actor,
        question.month,
        question.month,
        indicator_codes=[found.code],
        scope_codes=[question.scope_code],
    )
    line = stored.get((found.code, question.scope_code), [])
    value = None if figure.value is None else round(figure.value, 6)
    return {
        "row": row_of(found, question.scope_code, question.month, line),
        "has_moved": bool(line) and line[-1].value != value,
        "value_text": words.value_text(figure.value, found),
    }


def _file(
    request: HttpRequest, found: Indicator, question: Asked, behind: VisibleRecords, file_format: str
) -> HttpResponseBase:
    enter_export(request, f"indicators.records.{found.slug}", len(behind), file_format)
    columns = [ExportColumn(column.title) for column in behind.evidence.columns]
    name = f"{_('指標の根拠')}_{found.code}_{question.scope_code}_{question.month}"
    return table_file(_("指標の根拠"), columns, behind.cells(), file_format, name)
