"""One file on its way in: what it holds, how far it is, and what became of it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.lake.errors import LakeError
from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.models import BillImport, FileIntake
from yui.transition.costs.operations.apply_intake import apply_intake
from yui.transition.costs.operations.cancel_intake import cancel_intake
from yui.transition.costs.operations.hand_over_intake import APPLY, FOREGROUND_BYTES, hand_over_intake
from yui.transition.costs.operations.intakes import open_job_of

PROBLEMS_SHOWN = 50


def _visible(request: HttpRequest, pk: int) -> FileIntake:
    """Return the intake if the reader may see it."""
    intakes = FileIntake.objects.visible_to(actor_of(request)).select_related("organisation")
    found: FileIntake = get_object_or_404(intakes, pk=pk)
    return found


def _importable(request: HttpRequest, pk: int) -> FileIntake:
    """Return the intake if the reader may import for its organisation."""
    intake = _visible(request, pk)
    if not allows(actor_of(request), Verb.IMPORT, intake.organisation):
        raise PermissionRefused(actor_of(request), Verb.IMPORT)
    return intake


@login_required
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where the file stands."""
    return _page(request, _visible(request, pk))


def _page(request: HttpRequest, intake: FileIntake, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """Draw the page, or only what changes on it when the page itself asks."""
    bills = BillImport.objects.visible_to(actor_of(request))
    context: dict[str, Any] = {
        "intake": intake,
        "refusal": refusal or intake.failure,
        "job": open_job_of(intake),
        "bill": bills.filter(pk=intake.bill_id).first() if intake.bill_id else None,
        "problems": intake.problems[:PROBLEMS_SHOWN],
        "may_import": allows(actor_of(request), Verb.IMPORT, intake.organisation),
    }
    is_part = request.headers.get("HX-Target", "").endswith("#intake")
    template = "costs/_intake_state.html" if is_part else "costs/intake.html"
    return render(request, template, context, status=status)


@login_required
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the file: at once where it is small, by a worker where it is not."""
    intake, actor = _importable(request, pk), actor_of(request)
    try:
        if intake.size > FOREGROUND_BYTES:
            hand_over_intake(actor, intake=intake, kind=APPLY)
        else:
            apply_intake(actor, intake.pk)
    except (ExchangeError, LakeError) as error:
        intake.refresh_from_db()
        return _page(request, intake, refusal=str(error), status=409)
    return redirect(intake)


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file up."""
    intake = _importable(request, pk)
    try:
        cancel_intake(actor_of(request), intake=intake)
    except ExchangeError as error:
        return _page(request, intake, refusal=str(error), status=409)
    return redirect(intake)
