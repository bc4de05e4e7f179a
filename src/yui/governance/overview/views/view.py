"""One of the four views: its panels, and each panel's table as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.governance.overview.errors import UnknownPanel, UnknownView
from yui.governance.overview.panels.parts import Panel
from yui.governance.overview.panels.views import panel_of, view_of
from yui.governance.overview.views.asking import asked, kinds_with_addresses
from yui.kernel.policy import Actor, Verb
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.downloads import FORMATS, download
from yui.kernel.ui.asking import actor_of


@login_required
@require_safe
def view(request: HttpRequest, code: str) -> HttpResponse:
    """Show a view."""
    question = asked(request)
    context = {
        "asked": question,
        "view": view_of(question, code),
        "kinds": kinds_with_addresses(code),
        "index_is_current": False,
        "formats": FORMATS if exporting_organisation_id(actor_of(request)) else (),
    }
    return render(request, "overview/view.html", context)


@login_required
@require_safe
def panel_file(request: HttpRequest, view: str, panel: str, file_format: str) -> HttpResponseBase:
    """Send the table of a panel as CSV or XLSX; answers 404 where there is no such panel or it is empty."""
    if file_format not in FORMATS:
        raise Http404
    try:
        found = panel_of(asked(request), view, panel)[1]
    except (UnknownView, UnknownPanel) as error:
        raise Http404(str(error)) from error
    return download(PanelTable(actor_of(request), view, found, request.GET), file_format)


def exporting_organisation_id(actor: Actor) -> int | None:
    """Return the organisation in whose name the reader takes figures away, ``None`` if there is none."""
    allowed = actor.organisation_ids_with(Verb.EXPORT)
    return next((m.organisation_id for m in actor.memberships if m.organisation_id in allowed), None)


@dataclass(frozen=True)
class PanelTable:
    """The table of a panel as the kernel's lists are sent; the last lines name the sources."""

    actor: Actor
    view: str
    panel: Panel
    query: QueryDict

    @property
    def code(self) -> str:
        """The table's name in the ledger."""
        return f"overview.{self.view}.{self.panel.code}"

    @property
    def title(self) -> str:
        """The table's name for people."""
        return self.panel.chart.title if self.panel.chart else self.panel.title

    @property
    def total(self) -> int:
        """How many rows the table has."""
        return len(self.panel.rows())

    @property
    def shown(self) -> Sequence[Column]:
        """The columns, those of numbers as numbers."""
        if self.panel.chart is None:
            return ()
        table = self.panel.chart.as_table()
        return [
            Column(str(place), title, str, Kind.NUMBER if place in table.numeric else Kind.TEXT)
            for place, title in enumerate(table.headers)
        ]

    def export_organisation_id(self) -> int | None:
        """Return the organisation in whose name the reader may take the table away."""
        return exporting_organisation_id(self.actor)

    def export_rows(self, columns: Sequence[Column]) -> Iterator[Sequence[Any]]:
        """Yield the rows, then the sources of the figures."""
        yield from self.panel.rows()
        for origin in self.panel.origins:
            yield (origin.text,)
