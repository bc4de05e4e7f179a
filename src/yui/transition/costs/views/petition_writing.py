"""Writing a petition, and changing one that is still a draft."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yui.kernel.calendar_jp import today
from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.operations.draft_petition import draft_petition
from yui.transition.costs.operations.edit_petition import edit_petition
from yui.transition.costs.petition_form import PetitionForm, initial_of
from yui.transition.costs.queries.stability import latest_month
from yui.transition.costs.views.petitions import visible

METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(METHODS)
def petition_new(request: HttpRequest) -> HttpResponse:
    """Write a new petition in the name of one of the reader's organisations."""
    actor = actor_of(request)
    owners = organisations_with(actor, Verb.EDIT)
    if not owners:
        raise PermissionRefused(actor, Verb.EDIT)
    newest = latest_month()
    first = {"dated": today(), "until": str(newest) if newest else ""}
    form = PetitionForm(owners, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_petition(
                actor, organisation=form.cleaned_data["organisation"], fields=form.fields_of_petition()
            )
        except ValidationError as error:
            _show(form, error)
        else:
            messages.success(request, _("下書きを保存しました。"))
            return redirect(made)
    return render(request, "costs/petition_form.html", {"form": form})


@login_required
@require_http_methods(METHODS)
def petition_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft; a final petition has no such page."""
    found, actor = visible(request, pk), actor_of(request)
    if not allows(actor, Verb.EDIT, found.organisation):
        raise PermissionRefused(actor, Verb.EDIT)
    if found.is_final:
        raise Http404(_("確定した提言書は変えられません。"))
    form = PetitionForm([found.organisation], request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            edit_petition(actor, petition=found, fields=form.fields_of_petition())
        except ValidationError as error:
            _show(form, error)
        else:
            messages.success(request, _("下書きを保存しました。"))
            return redirect(found)
    return render(request, "costs/petition_form.html", {"form": form, "petition": found})


def _show(form: PetitionForm, error: ValidationError) -> None:
    """Put what the operation refused beside the fields that it names."""
    named: dict[str, Any] = getattr(error, "error_dict", {})
    for field, problems in named.items():
        form.add_error(field if field in form.fields else None, ValidationError(problems))
    if not named:
        form.add_error(None, ValidationError(error.messages))
