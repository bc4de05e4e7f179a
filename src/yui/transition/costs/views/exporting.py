"""Sending a table of the room as CSV or XLSX."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse

from yui.kernel.exchange.export.delimited import csv_stream
from yui.kernel.exchange.export.values import ExportColumn
from yui.kernel.exchange.export.workbooks import Sheet, xlsx_bytes
from yui.kernel.exchange.operations import record_export
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.ui.asking import actor_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_table(
    request: HttpRequest,
    *,
    what: str,
    title: str,
    columns: Sequence[ExportColumn],
    rows: Iterable[Sequence[Any]],
    file_format: str,
) -> HttpResponse | StreamingHttpResponse:
    """Return the rows as a file and enter the export into the ledger.

    Args:
        what: name of the table in the ledger, and with dashes of the file.

    Raises:
        PermissionRefused: when the reader may not export for any organisation.
        Http404: for a format other than csv and xlsx.
    """
    actor = actor_of(request)
    allowed = organisations_with(actor, Verb.EXPORT)
    if not allowed:
        raise PermissionRefused(actor, Verb.EXPORT)
    if file_format not in {"csv", "xlsx"}:
        raise Http404
    listed = [list(row) for row in rows]
    conditions = dict(request.GET.items())
    record_export(actor, allowed[0], what, len(listed), file_format=file_format, conditions=conditions)
    if file_format == "csv":
        headers = [column.title for column in columns]
        response: Any = StreamingHttpResponse(csv_stream(headers, iter(listed)), content_type="text/csv")
    else:
        response = HttpResponse(xlsx_bytes([Sheet(title, columns, iter(listed))]), content_type=XLSX)
    name = f"{what.replace('.', '-')}.{file_format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
