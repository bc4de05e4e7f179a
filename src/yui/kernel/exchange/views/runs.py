"""One file: its preview, its progress, its result."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.exchange.export import csv_stream
from yui.kernel.exchange.models import ImportRun, RunState
from yui.kernel.exchange.models.import_run import in_reader_language
from yui.kernel.exchange.operations import apply_run, cancel_run, hand_over, record_export
from yui.kernel.exchange.operations.hand_over import FOREGROUND_ROWS
from yui.kernel.policy import Actor, allows
from yui.kernel.tasks.models import Job

ERRORS_SHOWN = 50


def _run_or_404(request: HttpRequest, pk: int) -> ImportRun:
    """Return the run if the reader may see it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    runs = ImportRun.objects.visible_to(actor).select_related("organisation")
    return get_object_or_404(runs, pk=pk)


@login_required
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where the file stands."""
    return _page(request, _run_or_404(request, pk))


def _page(request: HttpRequest, run: ImportRun, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """Draw the page of a run in its state."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    importer = run.known_importer
    context: dict[str, Any] = {
        "run": run,
        "importer": importer,
        "refusal": refusal,
        "may_import": importer is not None and allows(actor, importer.verb, run.organisation),
        "job": _job_of(actor, run),
        "rows": _preview_rows(run),
        "error_lines": run.error_lines()[:ERRORS_SHOWN],
        "notes": [in_reader_language(note) for note in run.notes],
        "done_url": importer.done_url(run.organisation.code) if importer and importer.done_url else "",
    }
    context["is_working"] = context["job"] is not None and run.state in (RunState.UPLOADED, RunState.APPLYING)
    template = (
        "exchange/_state.html"
        if request.headers.get("HX-Target", "").endswith("#run")
        else "exchange/run.html"
    )
    return render(request, template, context, status=status)


def _job_of(actor: Actor, run: ImportRun) -> Job | None:
    """Return the worker's job that the run waits for, None where there is none or it has ended."""
    if run.job_id is None:
        return None
    return Job.objects.visible_to(actor).open().filter(pk=run.job_id).first()


def _preview_rows(run: ImportRun) -> list[dict[str, Any]]:
    """Return the first rows with the errors of each cell beside it."""
    rows = []
    for row in run.preview:
        texts: dict[str, list[str]] = {}
        for error in row["errors"]:
            sentence = f"{in_reader_language(error['message'])} {in_reader_language(error['remedy'])}"
            texts.setdefault(error["column"]["ja"], []).append(sentence)
        cells = [
            {"title": title, "value": row["cells"].get(key, ""), "errors": texts.pop(title, [])}
            for key, title in run.columns
        ]
        rows.append(
            {"number": row["number"], "cells": cells, "errors": [t for ts in texts.values() for t in ts]}
        )
    return rows


@login_required
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply the file: at once where it is small, by a worker where it is not."""
    run = _run_or_404(request, pk)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    skip_errors = request.POST.get("skip_errors") == "1"
    try:
        if run.rows_read > FOREGROUND_ROWS:
            hand_over(actor, run=run, kind="exchange.apply", skip_errors=skip_errors)
        else:
            apply_run(actor, run.pk, skip_errors=skip_errors)
    except ExchangeError as error:
        run.refresh_from_db()
        return _page(request, run, refusal=str(error), status=409)
    return redirect(run)


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file up."""
    run = _run_or_404(request, pk)
    try:
        cancel_run(request.actor, run=run)  # type: ignore[attr-defined]
    except ExchangeError as error:
        return _page(request, run, refusal=str(error), status=409)
    return redirect(run)


@login_required
@require_GET
def errors(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """Return the row errors as CSV."""
    run = _run_or_404(request, pk)
    lines = run.error_lines()
    record_export(
        request.actor,  # type: ignore[attr-defined]
        run.organisation,
        "exchange.errors",
        len(lines),
        conditions={"run": run.pk},
    )
    headers = [_("行"), _("列"), _("書かれていた値"), _("誤り"), _("直し方")]
    keys = ("row", "column", "value", "message", "remedy")
    response = StreamingHttpResponse(
        csv_stream(headers, ([line[key] for key in keys] for line in lines)),
        content_type="text/csv; charset=utf-8",
    )
    name = _("誤り_%(name)s.csv") % {"name": run.original_name}
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
