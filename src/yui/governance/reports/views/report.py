"""One report: its edition as it reads, notes, editions with their hashes, and files."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.governance.indicators.public import no_font_text
from yui.governance.reports.engine.content import LANGUAGES, canonical, digest
from yui.governance.reports.formats.files import MAKERS, TYPES
from yui.governance.reports.models import Edition, EditionFile, FileFormat, Report
from yui.governance.reports.operations import keep_file
from yui.governance.reports.policies import may_approve, may_write
from yui.governance.reports.queries.reports import (
    content_now,
    content_of,
    edition_of,
    editions_of,
    files_of,
    notes_of,
)
from yui.governance.reports.shown import shown
from yui.governance.reports.views.access import content_language, visible_report
from yui.kernel.exchange.operations.record_export import record_export
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.paper import NoJapaneseFont
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of, visible_or_404

HISTORY = 20


@login_required
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report: with its notes as they are now, or an edition as it was made."""
    found, actor = visible_report(request, pk), actor_of(request)
    notes, editions = notes_of(actor, found), editions_of(actor, found)
    edition = _asked(request, actor, found, editions)
    is_current = "edition" not in request.GET
    content = content_now(edition, notes) if is_current else content_of(edition)
    context: dict[str, Any] = {
        "report": found,
        "edition": edition,
        "is_current": is_current,
        "is_ahead": is_current and digest(canonical(content)) != edition.sha256,
        "shown": shown(content, content_language()),
        "notes": notes,
        "editions": _with_files(editions, files_of(actor, found)),
        "languages": LANGUAGES,
        "formats": FileFormat.choices,
        "may_write": may_write(actor, found),
        "may_approve": may_approve(actor, found),
        "may_export": _exporting(actor) is not None,
        "entries": history_of(urn("reports.report", found.pk))[:HISTORY],
    }
    return render(request, "reports/report.html", context)


@login_required
@require_safe
def edition_file(request: HttpRequest, pk: int, language: str, file_format: str) -> HttpResponse:
    """Send a file of an edition; where it cannot be made, say on the page what is missing."""
    if file_format not in MAKERS or language not in LANGUAGES:
        raise Http404(_("PDF、Word、Excelだけがあります。"))
    actor = actor_of(request)
    editions = Edition.objects.visible_to(actor).select_related("report__organisation")
    edition: Edition = visible_or_404(editions, pk=pk)
    organisation = _exporting(actor)
    if organisation is None:
        raise PermissionRefused(actor, Verb.EXPORT)
    try:
        kept = keep_file(Actor.system("reports"), edition=edition, language=language, file_format=file_format)
    except NoJapaneseFont:
        messages.error(request, no_font_text())
        return redirect(edition.report)
    record_export(
        actor,
        organisation,
        "reports.report",
        1,
        file_format=file_format,
        conditions={"report": edition.report_id, "edition": edition.number, "language": language},
    )
    return file_response(kept)


def file_response(kept: EditionFile) -> HttpResponse:
    """Return the bytes of a kept file, named by its report."""
    response = HttpResponse(bytes(kept.content), content_type=TYPES[kept.file_format])
    report_of = kept.edition.report
    name = f"{report_of.organisation.code}-{report_of.kind}-{report_of.first_day:%Y-%m}"
    name += f"-{kept.edition.audience}{kept.edition.number}-{kept.language}.{kept.file_format}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _asked(request: HttpRequest, actor: Actor, found: Report, editions: list[Edition]) -> Edition:
    """Return the edition that the address names, else the council's newest; an unknown one answers 404."""
    asked = request.GET.get("edition", "")
    if asked:
        known = [each for each in editions if str(each.pk) == asked]
        if not known:
            raise Http404
        return known[0]
    newest = edition_of(actor, found)
    if newest is None:
        raise Http404
    return newest


def _with_files(editions: list[Edition], files: list[EditionFile]) -> list[tuple[Edition, list[EditionFile]]]:
    """Return each edition with the files that were kept of it."""
    return [(each, [file for file in files if file.edition_id == each.pk]) for each in editions]


def _exporting(actor: Actor) -> Organisation | None:
    """Return the organisation in whose name the reader takes files away, if there is one."""
    return Organisation.objects.filter(pk__in=actor.organisation_ids_with(Verb.EXPORT)).first()
