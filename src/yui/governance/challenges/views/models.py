"""ロジックモデル: one page for each pillar, with what is missing, and the same as files."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.governance.challenges.charting import model_chart
from yui.governance.challenges.engine.gaps import GapKind
from yui.governance.challenges.formats.model_pdf import model_pdf
from yui.governance.challenges.models import Challenge
from yui.governance.challenges.models.challenge import PILLARS
from yui.governance.challenges.papers import paper_of
from yui.governance.challenges.policies import may_keep_somewhere
from yui.governance.challenges.queries.logic_model import Gap, LogicModel, logic_model
from yui.governance.challenges.sheets import model_sheets
from yui.governance.challenges.views.access import asked_month
from yui.governance.challenges.words import column_text, gap_text, model_title, no_font_text, state_text
from yui.governance.indicators.public import latest_month
from yui.kernel.calendar_jp import Month
from yui.kernel.exchange.export import xlsx_bytes
from yui.kernel.exchange.operations.record_export import record_export
from yui.kernel.paper import NoJapaneseFont
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.downloads import FORMATS
from yui.kernel.ui.asking import actor_of

TYPES = {"pdf": "application/pdf", "svg": "image/svg+xml", "xlsx": FORMATS["xlsx"]}
MONTHS_SHOWN = 36
FROM_HERE = {GapKind.UNANSWERED, GapKind.MOVES_NOTHING, GapKind.LEADS_NOWHERE}
"""What an arrow mends that begins at the box."""
TO_HERE = {GapKind.ANSWERS_NOTHING, GapKind.UNMOVED}
"""What an arrow mends that ends at the box."""


@dataclass(frozen=True)
class GapLine:
    """A gap in words, with the page on which it is mended."""

    text: str
    action: str
    url: str


@dataclass(frozen=True)
class ListedNode:
    """A box as an entry of a list, with what it leads to."""

    node: Any
    state: str
    leads_to: tuple[Any, ...]


def pillar_or_404(pillar: int) -> int:
    """Return the number of a pillar, or answer 404."""
    if pillar not in PILLARS:
        raise Http404
    return pillar


@login_required
@require_safe
def model(request: HttpRequest, pillar: int) -> HttpResponse:
    """Show the logic model of a pillar in the month that the address names, else the newest."""
    actor = actor_of(request)
    newest = latest_month(actor)
    shown = logic_model(actor, pillar_or_404(pillar), asked_month(request) or newest)
    may_add = may_keep_somewhere(actor)
    context = {
        "model": shown,
        "model_title": model_title(shown),
        "months": _months(newest or shown.month, shown.month),
        "chart": model_chart(shown),
        "columns": [
            (column_text(column), [_listed(shown, node) for node in nodes]) for column, nodes in shown.columns
        ],
        "gaps": [_line(shown, gap, may_add=may_add) for gap in shown.gaps],
        "may_add": may_add,
        "initiative_new": f"{reverse('challenges:initiative-new')}?pillar={shown.pillar}",
        "may_export": _exporting(request) is not None,
    }
    return render(request, "challenges/model.html", context)


@login_required
@require_safe
def model_file(request: HttpRequest, pillar: int, file_format: str) -> HttpResponse:
    """Send the logic model as paper, drawing or workbook; it is entered into the ledger first."""
    if file_format not in TYPES:
        raise Http404
    actor = actor_of(request)
    shown = logic_model(actor, pillar_or_404(pillar), asked_month(request))
    organisation = _exporting(request)
    if organisation is None:
        raise PermissionRefused(actor, Verb.EXPORT)
    try:
        made = _made(shown, file_format)
    except NoJapaneseFont:
        messages.error(request, no_font_text())
        return redirect("challenges:model", shown.pillar)
    record_export(
        actor,
        organisation,
        "challenges.model",
        len(shown.nodes) + len(shown.arrows),
        file_format=file_format,
        conditions={"pillar": pillar, "month": str(shown.month)},
    )
    response = HttpResponse(made, content_type=TYPES[file_format])
    name = f"{model_title(shown)}_{shown.month}.{file_format}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _made(shown: LogicModel, file_format: str) -> bytes:
    """Return the bytes of a file. Raises ``NoJapaneseFont`` where a PDF needs a font that is not there."""
    if file_format == "pdf":
        return model_pdf(paper_of(shown))
    return model_chart(shown).draw().encode() if file_format == "svg" else xlsx_bytes(model_sheets(shown))


def _months(newest: Month, shown: Month) -> list[Month]:
    """Return the months to choose from, newest first; the one shown is always among them."""
    return sorted({*Month.between(newest.shift(1 - MONTHS_SHOWN), newest), shown}, reverse=True)


def _listed(shown: LogicModel, node: Any) -> ListedNode:
    return ListedNode(node, state_text(node.status, node.status_text), shown.arrows_from(node.key))


def _line(shown: LogicModel, gap: Gap, *, may_add: bool) -> GapLine:
    """Return a gap with the page that mends it; for who only reads, the page that tells more."""
    if gap.arrow is not None:
        action = _("根拠を書く") if may_add else _("線を見る")
        return GapLine(gap_text(gap), action, gap.arrow.link.get_absolute_url())
    address, action = next(_remedies(shown, gap, may_add=may_add))
    return GapLine(gap_text(gap), action, address)


def _remedies(shown: LogicModel, gap: Gap, *, may_add: bool) -> Iterator[tuple[str, str]]:
    """Yield addresses with what is done there, the best first."""
    node = gap.node
    if node is None:
        raise ValueError("a gap is at a box or in an arrow")
    draw = reverse("challenges:link-new", args=[shown.pillar])
    if may_add and gap.kind in FROM_HERE:
        yield f"{draw}?source={node.key}", _("線を引く")
    if may_add and gap.kind in TO_HERE:
        yield f"{draw}?target={node.key}", _("線を引く")
    if may_add and gap.kind is GapKind.UNFOUNDED and isinstance(node.record, Challenge):
        yield reverse("challenges:challenge-evidence-new", args=[node.record.pk]), _("根拠を加える")
    yield node.url, _("くわしく見る")


def _exporting(request: HttpRequest) -> Organisation | None:
    """Return the organisation in whose name the reader takes files away, if there is one."""
    allowed = actor_of(request).organisation_ids_with(Verb.EXPORT)
    return Organisation.objects.filter(pk__in=allowed).first()
