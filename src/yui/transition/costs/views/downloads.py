"""Sending a table of the room as CSV or XLSX, and remembering that it was sent."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from yui.kernel.exchange.export.delimited import csv_bytes
from yui.kernel.exchange.export.values import ExportColumn
from yui.kernel.exchange.export.workbooks import Sheet, xlsx_bytes
from yui.kernel.exchange.operations import record_export
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.ui.asking import actor_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_as_file(
    request: HttpRequest,
    file_format: str,
    *,
    code: str,
    columns: Sequence[ExportColumn],
    rows: Iterable[Sequence[Any]],
    name: str,
) -> HttpResponse:
    """Return a table as a file, once the export stands in the ledger of the reader's organisation.

    Args:
        code: of the list, for the ledger.
        name: of the file, without its ending; also the name of the sheet.

    Raises:
        PermissionRefused: where the reader may export for no organisation.
        Http404: for a format that is neither CSV nor XLSX.
    """
    actor = actor_of(request)
    allowed = organisations_with(actor, Verb.EXPORT)
    if not allowed:
        raise PermissionRefused(actor, Verb.EXPORT)
    if file_format not in {"csv", "xlsx"}:
        raise Http404
    listed = list(rows)
    record_export(
        actor,
        allowed[0],
        code,
        len(listed),
        file_format=file_format,
        conditions=dict(request.GET.items()),
    )
    if file_format == "csv":
        content, kind = csv_bytes([column.title for column in columns], listed), "text/csv"
    else:
        content, kind = xlsx_bytes([Sheet(name, list(columns), listed)]), XLSX
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    return response
