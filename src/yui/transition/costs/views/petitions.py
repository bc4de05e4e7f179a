"""政策提言書: the list, one petition, and how it prints."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.exchange.operations import record_export
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.paper import NoJapaneseFont
from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.formats.petition_files import TYPES, WRITERS
from yui.transition.costs.models import Petition, PetitionState
from yui.transition.costs.operations.finalise_petition import finalise_petition
from yui.transition.costs.queries.petitions import document_of, parts_of
from yui.transition.costs.views.files import attached, exporting_organisation
from yui.transition.costs.words import no_font_text


class PetitionTable(Table):
    """Petitions that the reader may see."""

    code = "costs.petitions"
    title = gettext_lazy("政策提言書")
    search = ("title", "addressees")
    search_hint = gettext_lazy("題名、宛先")
    columns = (
        Column("title", gettext_lazy("題名"), "title", sort="title"),
        Column("organisation", gettext_lazy("団体"), "organisation.name", sort="organisation__sort_order"),
        Column("addressees", gettext_lazy("宛先"), lambda petition: "、".join(petition.addressee_list)),
        Column("dated", gettext_lazy("日付"), "dated", Kind.DATE, sort="dated"),
        Column("until", gettext_lazy("使う請求の最後の月"), "until", sort="until"),
        Column("version", gettext_lazy("版"), "version", Kind.NUMBER, sort="version"),
        Column(
            "state",
            gettext_lazy("状態"),
            lambda petition: (petition.state, petition.get_state_display()),
            Kind.BADGE,
            sort="state",
        ),
    )
    filters = (
        Filter(
            "organisation",
            gettext_lazy("団体"),
            "organisation__code",
            lambda: [(each.code, each.name) for each in Organisation.objects.active()],
        ),
        Filter("state", gettext_lazy("状態"), "state", PetitionState.choices),
    )
    default_sort = "-dated"
    empty_title = gettext_lazy("政策提言書がまだありません")
    empty_text = gettext_lazy("要望事項と根拠を選ぶと、PDF、Word、Excelの提言書になります。")


@login_required
@require_safe
def petitions(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    actor = actor_of(request)
    found = Petition.objects.visible_to(actor).select_related("organisation").defer("content")
    context = {"may_write": bool(organisations_with(actor, Verb.EDIT))}
    return PetitionTable(request, found).response("costs/petitions.html", context)


@login_required
@require_safe
def petition(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one petition: its facts, requests, evidence, files and history."""
    found, actor = visible(request, pk), actor_of(request)
    context: dict[str, Any] = {
        "petition": found,
        "parts": parts_of(found),
        "participants": found.participants.all(),
        "formats": [(code, _format_name(code)) for code in WRITERS],
        "may_export": bool(organisations_with(actor, Verb.EXPORT)),
        "may_edit": not found.is_final and allows(actor, Verb.EDIT, found.organisation),
        "may_finalise": not found.is_final and allows(actor, Verb.APPROVE, found.organisation),
        "entries": history_of(urn("costs.petition", found.pk)),
    }
    return render(request, "costs/petition.html", context)


@login_required
@require_safe
def petition_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the petition as it prints."""
    found = visible(request, pk)
    document = document_of(found)
    context = {
        "petition": found,
        "document": document,
        # The chart kit escaped every text of the drawing when it was made.
        "exhibits": [
            (exhibit, SafeString(exhibit.drawing.svg) if exhibit.drawing else "")
            for exhibit in document.exhibits
        ],
        "formats": [(code, _format_name(code)) for code in WRITERS],
        "may_export": bool(organisations_with(actor_of(request), Verb.EXPORT)),
    }
    return render(request, "costs/petition_preview.html", context)


@login_required
@require_safe
def petition_file(request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
    """Send the petition as a file; where paper cannot be made, say on its page what is missing."""
    found = visible(request, pk)
    if file_format not in WRITERS:
        raise Http404(_("PDF、DOCX、XLSX、CSVだけがあります。"))
    owner, document = exporting_organisation(request), document_of(found)
    try:
        made = WRITERS[file_format](document)
    except NoJapaneseFont:
        messages.error(request, no_font_text())
        return redirect(found)
    record_export(
        actor_of(request),
        owner,
        "costs.petition",
        len(document.exhibits),
        file_format=file_format,
        conditions={"petition": found.pk, "version": found.version},
    )
    return attached(made, TYPES[file_format], f"{document.title}.{file_format}")


@login_required
@require_POST
def petition_finalise(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the petition."""
    found, actor = visible(request, pk), actor_of(request)
    if not allows(actor, Verb.APPROVE, found.organisation):
        raise PermissionRefused(actor, Verb.APPROVE)
    try:
        finalise_petition(actor, petition=found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("提言書を確定しました。ここからは変わりません。"))
    return redirect(found)


def visible(request: HttpRequest, pk: int) -> Petition:
    """Return a petition that the reader may see; one that he may not see does not exist."""
    petitions = Petition.objects.visible_to(actor_of(request)).select_related("organisation")
    found: Petition = get_object_or_404(petitions, pk=pk)
    return found


def _format_name(code: str) -> str:
    """Return what a file is called on its button."""
    return {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "csv": _("付録(CSV)")}[code]
