"""Tables of the room as files, each entered into the ledger before it is sent."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from yui.kernel.exchange.export import ExportColumn, Sheet, csv_stream, xlsx_bytes
from yui.kernel.exchange.operations.record_export import record_export
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.downloads import FORMATS
from yui.kernel.ui.asking import actor_of


def exporting_organisation_id(actor: Actor) -> int | None:
    """Return the organisation in whose name the reader takes figures away, ``None`` if there is none."""
    allowed = actor.organisation_ids_with(Verb.EXPORT)
    return next((m.organisation_id for m in actor.memberships if m.organisation_id in allowed), None)


def enter_export(request: HttpRequest, what: str, rows: int, file_format: str) -> None:
    """Write into the ledger that the reader takes ``what`` away.

    Raises:
        PermissionRefused: where the reader may export in no organisation's name.
    """
    actor = actor_of(request)
    organisation_id = exporting_organisation_id(actor)
    if organisation_id is None:
        raise PermissionRefused(actor, Verb.EXPORT)
    conditions: Mapping[str, Any] = dict(request.GET.lists())
    organisation = Organisation.objects.get(pk=organisation_id)
    record_export(actor, organisation, what, rows, file_format=file_format, conditions=conditions)


def table_file(
    title: str,
    columns: Sequence[ExportColumn],
    rows: Iterable[Sequence[Any]],
    file_format: str,
    file_name: str,
) -> HttpResponseBase:
    """Return a table as CSV or XLSX; CSV is sent row by row."""
    response: HttpResponseBase
    if file_format == "xlsx":
        response = HttpResponse(xlsx_bytes([Sheet(title, columns, rows)]))
    else:
        response = StreamingHttpResponse(csv_stream([column.title for column in columns], rows))
    return named(response, FORMATS[file_format], f"{file_name}.{file_format}")


def named(response: HttpResponseBase, content_type: str, file_name: str) -> HttpResponseBase:
    """Give a response its type and the name under which it is kept."""
    response["Content-Type"] = content_type
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file_name) or ""
    return response
