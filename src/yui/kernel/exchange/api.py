"""Imports over the API: send a file, see what was found, apply it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.exchange.models import ImportRun
from yui.kernel.exchange.operations import apply_run, hand_over, preview_run, upload_file
from yui.kernel.exchange.operations.hand_over import FOREGROUND_BYTES, FOREGROUND_ROWS
from yui.kernel.scope.models import Organisation

router = Router()


class RunOut(Schema):
    """One import; ``errors`` holds at most 500 row errors, their texts in both languages."""

    id: int
    importer: str
    organisation: str
    original_name: str
    sha256: str
    size: int
    state: str
    rows_read: int
    rows_accepted: int
    rows_unchanged: int
    rows_rejected: int
    unknown_columns: list[str]
    errors: list[dict[str, Any]]
    failure: dict[str, Any]
    job_id: int | None
    created_at: datetime
    finished_at: datetime | None

    @staticmethod
    def resolve_organisation(run: ImportRun) -> str:
        """Return the official code."""
        return run.organisation.code


class Refusal(Schema):
    """Why nothing was done, and what to do about it."""

    message: str
    remedy: str


def _refusal(error: ExchangeError) -> dict[str, str]:
    """Return the two sentences of an error."""
    return {"message": str(error.message), "remedy": str(error.remedy)}


def _run(request: HttpRequest, run_id: int) -> ImportRun:
    """Return the run if the caller may see it."""
    runs = ImportRun.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return get_object_or_404(runs.select_related("organisation"), pk=run_id)


@router.post("/imports", response={201: RunOut, 422: Refusal}, summary="Send a file and have it read")
def create_import(
    request: HttpRequest,
    importer: Form[str],
    organisation: Form[str],
    file: UploadedFile = File(...),  # noqa: B008  the way ninja declares a file
    sheet: Form[str] = "",
) -> Status[Any]:
    """Take a file in. A small one is read at once; a large one by a worker (state stays ``uploaded``)."""
    actor = request.actor  # type: ignore[attr-defined]
    owner = get_object_or_404(Organisation, code=organisation)
    try:
        run = upload_file(
            actor, organisation=owner, importer=importer, source=file, name=file.name or "", sheet=sheet
        )
    except ExchangeError as error:
        return Status(422, _refusal(error))
    if run.size <= FOREGROUND_BYTES:
        return Status(201, preview_run(actor, run.pk))
    hand_over(actor, run=run, kind="exchange.preview")
    return Status(201, _run(request, run.pk))


@router.get("/imports/{int:run_id}", response=RunOut, summary="State of an import")
def get_import(request: HttpRequest, run_id: int) -> ImportRun:
    """Return where the import stands and what became of its rows."""
    return _run(request, run_id)


@router.post("/imports/{int:run_id}/apply", response={200: RunOut, 409: Refusal}, summary="Apply an import")
def apply_import(request: HttpRequest, run_id: int, skip_errors: bool = False) -> Status[Any]:
    """Apply the rows, all or none; a large file by a worker (state becomes ``applying``)."""
    actor = request.actor  # type: ignore[attr-defined]
    run = _run(request, run_id)
    try:
        if run.rows_read > FOREGROUND_ROWS:
            hand_over(actor, run=run, kind="exchange.apply", skip_errors=skip_errors)
            return Status(200, _run(request, run_id))
        return Status(200, apply_run(actor, run.pk, skip_errors=skip_errors))
    except ExchangeError as error:
        return Status(409, _refusal(error))
