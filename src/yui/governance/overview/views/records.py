"""根拠: a figure that is measured now, how it was worked out, and the records that the reader may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.governance.overview.panels.behind import Behind, NotShown, behind
from yui.governance.overview.views.asking import asked
from yui.governance.overview.views.view import exporting_organisation_id
from yui.kernel.measures.values import EvidenceRow
from yui.kernel.policy import Actor
from yui.kernel.tables.columns import Column
from yui.kernel.tables.downloads import FORMATS, download
from yui.kernel.ui.asking import actor_of

PAGE_ROWS = 50
CHUNK_ROWS = 1000


@login_required
@require_safe
def records(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the records behind a figure, or send them as a file; 404 for a measure that no panel shows."""
    question, actor = asked(request), actor_of(request)
    try:
        found = behind(question, code)
    except NotShown as error:
        raise Http404 from error
    seen = VisibleRecords(found, actor, request.GET)
    file_format = request.GET.get("download", "")
    if file_format in FORMATS and found.figure is not None:
        return download(seen, file_format)
    context = {
        "asked": question,
        "found": found,
        "columns": seen.shown,
        "page": seen.page(request.GET.get("page")),
        "formats": FORMATS if exporting_organisation_id(actor) and found.figure is not None else (),
    }
    return render(request, "overview/records.html", context)


@dataclass(frozen=True)
class VisibleRecords:
    """The evidence of a figure narrowed to one reader: a paginator can cut it, and it can be sent."""

    behind: Behind
    actor: Actor
    query: QueryDict

    @property
    def code(self) -> str:
        """The list's name in the ledger."""
        return f"overview.records.{self.behind.code}"

    @property
    def title(self) -> str:
        """The list's name for people."""
        return _("%(title)sの根拠") % {"title": self.behind.title}

    @cached_property
    def total(self) -> int:
        """How many records the reader may see; asked once."""
        return self.behind.figure.evidence.count(self.actor) if self.behind.figure else 0

    @property
    def shown(self) -> Sequence[Column]:
        """The columns of every record."""
        columns = self.behind.figure.evidence.columns if self.behind.figure else ()
        return [Column(each.key, each.title, str) for each in columns]

    def page(self, number: str | None) -> Page[EvidenceRow] | None:
        """Return a page of the records; None without a figure."""
        if self.behind.figure is None:
            return None
        paginator: Paginator[EvidenceRow] = Paginator(self, PAGE_ROWS)  # type: ignore[arg-type]  # it needs len() and slices only
        return paginator.get_page(number)

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, part: slice) -> list[EvidenceRow]:
        start, stop, _step = part.indices(self.total)
        figure = self.behind.figure
        return figure.evidence.rows(self.actor, start, stop - start) if figure else []

    def export_organisation_id(self) -> int | None:
        """Return the organisation in whose name the reader may take the records away."""
        return exporting_organisation_id(self.actor)

    def export_rows(self, columns: Sequence[Column]) -> Iterator[Sequence[Any]]:
        """Yield the cells of every record, read in parts."""
        if self.behind.figure is None:
            return
        for start in range(0, self.total, CHUNK_ROWS):
            for row in self.behind.figure.evidence.rows(self.actor, start, CHUNK_ROWS):
                yield row.cells
