"""Choosing a file of costs: it is kept and read, and nothing is imported yet."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.lake.errors import LakeError
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.forms import UploadForm
from yui.transition.costs.models import FileIntake, IntakeState
from yui.transition.costs.operations.hand_over_intake import FOREGROUND_BYTES, PREVIEW, hand_over_intake
from yui.transition.costs.operations.keep_file import keep_file
from yui.transition.costs.operations.preview_intake import preview_intake
from yui.transition.costs.operations.take_in_file import AUTO

WAITING_SHOWN = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Take a file; a small one is read at once, a large one by a worker."""
    actor = actor_of(request)
    organisations = organisations_with(actor, Verb.IMPORT)
    if not organisations:
        raise PermissionRefused(actor, Verb.IMPORT)
    form = UploadForm(organisations, request.POST or None, request.FILES or None)
    waiting = FileIntake.objects.visible_to(actor).open().select_related("organisation")
    context: dict[str, Any] = {"form": form, "waiting": waiting[:WAITING_SHOWN]}
    if request.method != "POST" or not form.is_valid():
        return render(request, "costs/import.html", context, status=422 if form.errors else 200)
    upload = form.cleaned_data["file"]
    try:
        intake = keep_file(
            actor,
            organisation=form.cleaned_data["organisation"],
            source=upload,
            name=upload.name,
            kind=form.cleaned_data["kind"] or AUTO,
        )
    except (ExchangeError, LakeError) as error:
        return render(request, "costs/import.html", context | {"refusal": str(error)}, status=422)
    if intake.size > FOREGROUND_BYTES:
        hand_over_intake(actor, intake=intake, kind=PREVIEW)
        return redirect(intake)
    intake = preview_intake(actor, intake.pk)
    if intake.state == IntakeState.FAILED:
        refusal = {"refusal": intake.failure, "problems": intake.problems}
        return render(request, "costs/import.html", context | refusal, status=422)
    return redirect(intake)
