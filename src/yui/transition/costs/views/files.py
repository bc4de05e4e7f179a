"""Sending what a page shows as a file, and remembering that it left the house."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from yui.kernel.exchange.export.delimited import csv_bytes
from yui.kernel.exchange.export.values import ExportColumn
from yui.kernel.exchange.export.workbooks import Sheet, xlsx_bytes
from yui.kernel.exchange.operations import record_export
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exporting_organisation(request: HttpRequest) -> Organisation:
    """Return the organisation in whose name the reader takes files out.

    Raises:
        PermissionRefused: when none of his roles lets him.
    """
    allowed = organisations_with(actor_of(request), Verb.EXPORT)
    if not allowed:
        raise PermissionRefused(actor_of(request), Verb.EXPORT)
    return allowed[0]


def send_table(
    request: HttpRequest,
    code: str,
    name: str,
    file_format: str,
    table: tuple[Sequence[ExportColumn], list[Any]],
) -> HttpResponse:
    """Send a table as CSV or XLSX; ``code`` is what the ledger calls it, ``name`` the file's name."""
    owner = exporting_organisation(request)
    columns, rows = table
    if file_format == "csv":
        made, kind = csv_bytes([column.title for column in columns], rows), CSV
    elif file_format == "xlsx":
        made, kind = xlsx_bytes([Sheet(name, columns, rows)]), XLSX
    else:
        raise Http404
    record_export(
        actor_of(request),
        owner,
        code,
        len(rows),
        file_format=file_format,
        conditions=dict(request.GET.items()),
    )
    return attached(made, kind, f"{name}.{file_format}")


def attached(made: bytes, kind: str, file_name: str) -> HttpResponse:
    """Return bytes as a download called ``file_name``."""
    response = HttpResponse(made, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, file_name) or "attachment"
    return response
