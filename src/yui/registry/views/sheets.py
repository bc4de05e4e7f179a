"""取り込み・書き出し: the ledger as tables."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import today
from yui.kernel.exchange.export import Sheet as Worksheet
from yui.kernel.exchange.export import csv_bytes, xlsx_bytes
from yui.kernel.exchange.operations.record_export import record_export
from yui.kernel.policy import Verb, allows
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.downloads import FORMATS
from yui.kernel.ui.asking import actor_of
from yui.registry.sheets import SHEETS
from yui.registry.views.access import chosen_organisation


@login_required
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """Show the tables that can be taken in and written out for one organisation."""
    organisation, organisations = chosen_organisation(request)
    actor = actor_of(request)
    context = {
        "organisation": organisation,
        "organisations": organisations,
        "sheets": SHEETS.values(),
        "may_import": allows(actor, Verb.IMPORT, organisation),
        "may_export": allows(actor, Verb.EXPORT, organisation),
    }
    return render(request, "registry/sheets.html", context)


@login_required
@require_safe
def export(request: HttpRequest, code: str, name: str, file_format: str) -> HttpResponseBase:
    """Write one table of an organisation; the export is entered into its ledger first."""
    organisation = get_object_or_404(Organisation.objects.active(), code=code)
    sheet = SHEETS.get(name)
    if sheet is None or file_format not in FORMATS:
        raise Http404(_("その表はありません。"))
    rows = list(sheet.rows(actor_of(request), organisation))
    record_export(actor_of(request), organisation, sheet.importer.code, len(rows), file_format=file_format)
    if file_format == "csv":
        content = csv_bytes([column.title for column in sheet.columns], rows)
    else:
        content = xlsx_bytes([Worksheet(sheet.importer.title, sheet.columns, rows)])
    response = HttpResponse(content, content_type=FORMATS[file_format])
    file_name = f"{organisation.name_ja}_{sheet.importer.title}_{today():%Y%m%d}.{file_format}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file_name) or ""
    return response
