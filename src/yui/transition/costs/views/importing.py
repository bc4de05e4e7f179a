"""Bringing a file in: choose it, look at what it holds, take it in."""

import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yui.kernel.exchange.errors import FileRefused
from yui.kernel.lake.errors import LakeError, LakeWriteFailed
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.rows import grouped_text
from yui.transition.costs.forms import UploadForm
from yui.transition.costs.operations.take_in_file import AUTO, preview_file, take_in_file
from yui.transition.costs.views.access import actor_of, organisations_with

WAITING = "costs_waiting_file"
KEPT_SECONDS = 24 * 3600
PROBLEMS_SHOWN = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Take a file and show what it holds; nothing is imported yet."""
    actor = actor_of(request)
    organisations = organisations_with(actor, Verb.IMPORT)
    if not organisations:
        raise PermissionRefused(actor, Verb.IMPORT)
    form = UploadForm(organisations, request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        organisation: Organisation = form.cleaned_data["organisation"]
        kind = form.cleaned_data["kind"] or AUTO
        try:
            waiting = _keep(form.cleaned_data["file"])
            name = form.cleaned_data["file"].name
            outcome = preview_file(actor, organisation=organisation, path=waiting, file_name=name, kind=kind)
        except (FileRefused, LakeError) as error:
            return render(request, "costs/import.html", context | _refusal(error), status=422)
        request.session[WAITING] = {
            "file": waiting.name,
            "name": name,
            "organisation": organisation.code,
            "kind": outcome.kind,
        }
        context |= {"outcome": outcome, "organisation": organisation}
        context["amounts"] = {name: grouped_text(amount) for name, amount in sorted(outcome.billed.items())}
        context["problems"] = outcome.problems[:PROBLEMS_SHOWN]
    return render(request, "costs/import.html", context)


@login_required
@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Import the file that the reader has looked at."""
    waiting = request.session.pop(WAITING, None)
    path = _folder() / waiting["file"] if waiting else None
    if path is None or not path.is_file():
        messages.error(request, _("確かめたファイルが見つかりません。もう一度選んでください。"))
        return redirect("costs:import")
    actor = actor_of(request)
    organisation = get_object_or_404(Organisation, code=waiting["organisation"])
    try:
        outcome = take_in_file(
            actor, organisation=organisation, path=path, file_name=waiting["name"], kind=waiting["kind"]
        )
    except (FileRefused, LakeError) as error:
        form = UploadForm(organisations_with(actor, Verb.IMPORT))
        return render(request, "costs/import.html", {"form": form} | _refusal(error), status=422)
    finally:
        path.unlink(missing_ok=True)
    if outcome.is_new:
        messages.success(request, _("{rows} 行を取り込みました。").format(rows=outcome.rows_accepted))
    else:
        messages.info(request, _("同じ内容を取り込み済みです。何も変わっていません。"))
    return redirect(outcome.bill) if outcome.bill else redirect("costs:expenditure")


def _refusal(error: Exception) -> dict[str, Any]:
    return {"refusal": str(error), "problems": getattr(error, "problems", ())[:PROBLEMS_SHOWN]}


def _folder() -> Path:
    folder: Path = settings.FILES / "costs-waiting"
    return folder


def _keep(upload: UploadedFile) -> Path:
    """Keep an upload under a name of our own until it is applied; old ones go.

    Raises:
        LakeWriteFailed: when the disk is full.
    """
    folder = _folder()
    path = folder / uuid4().hex
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            if old.stat().st_mtime < time.time() - KEPT_SECONDS:
                old.unlink(missing_ok=True)
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise LakeWriteFailed(path, error.strerror or str(error)) from error
    return path
