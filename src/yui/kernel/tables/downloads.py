"""The whole narrowed list as a file, entered into the ledger before the first byte is sent."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.http import FileResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.utils.http import content_disposition_header

from yui.kernel.calendar_jp import today
from yui.kernel.exchange.export import Sheet, csv_stream, write_xlsx
from yui.kernel.exchange.operations.record_export import record_export
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Downloadable(Protocol):
    """What a list must offer to be sent as a file."""

    @property
    def actor(self) -> Actor:
        """Whoever reads."""

    @property
    def code(self) -> str:
        """The list's name in the ledger."""

    @property
    def title(self) -> Any:
        """The list's name for people."""

    @property
    def total(self) -> int:
        """How many rows meet the conditions."""

    @property
    def query(self) -> QueryDict:
        """The conditions."""

    @property
    def shown(self) -> Sequence[Column]:
        """The columns shown."""

    def export_organisation_id(self) -> int | None:
        """Return the organisation in whose name the reader may export."""

    def export_rows(self, columns: Sequence[Column]) -> Iterable[Sequence[Any]]:
        """Return the rows of the whole list."""


def download(table: Downloadable, file_format: str) -> HttpResponseBase:
    """Return the list as CSV or XLSX with the columns shown.

    Raises:
        PermissionRefused: where the reader may export in no organisation's name.
    """
    organisation_id = table.export_organisation_id()
    if organisation_id is None:
        raise PermissionRefused(table.actor, Verb.EXPORT)
    record_export(
        table.actor,
        Organisation.objects.get(pk=organisation_id),
        table.code,
        table.total,
        file_format=file_format,
        conditions=dict(table.query.lists()),
    )
    columns = [column.export_column for column in table.shown]
    rows = table.export_rows(table.shown)
    response: FileResponse | StreamingHttpResponse
    if file_format == "xlsx":
        target = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it after sending
        write_xlsx(target, [Sheet(table.title, columns, rows)])
        target.seek(0)
        response = FileResponse(target)
    else:
        response = StreamingHttpResponse(csv_stream([column.title for column in columns], rows))
    response["Content-Type"] = FORMATS[file_format]
    name = f"{table.title}_{today():%Y%m%d}.{file_format}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
