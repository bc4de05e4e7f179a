"""比率の定義: every version, proposing the next one, and approving it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import OrganisationKind
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.definition_form import DefinitionForm
from yui.transition.costs.models import RatioDefinition
from yui.transition.costs.operations.approve_definition import approve_definition
from yui.transition.costs.operations.define_ratio import define_ratio, key_of
from yui.transition.costs.queries.definition import definition_in_force


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def definitions(request: HttpRequest) -> HttpResponse:
    """Show every version; the staff of a joint body may propose the next one."""
    actor = actor_of(request)
    bodies = [
        body for body in organisations_with(actor, Verb.EDIT) if body.kind == OrganisationKind.JOINT_BODY
    ]
    form = DefinitionForm(bodies, request.POST or None) if bodies else None
    if request.method == "POST":
        if form is None:
            raise PermissionRefused(actor, Verb.EDIT)
        if form.is_valid():
            try:
                define_ratio(
                    actor, organisation=form.cleaned_data["organisation"], fields=form.fields_of_ratio()
                )
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
            else:
                messages.success(request, _("定義を提案しました。ほかの人が承認すると使われます。"))
                return redirect("costs:definitions")
    found = RatioDefinition.objects.visible_to(actor).select_related("organisation")
    context: dict[str, Any] = {
        "form": form,
        "in_force": definition_in_force().version,
        "definitions": [
            (
                each,
                not each.is_approved
                and allows(actor, Verb.APPROVE, each.organisation)
                and key_of(actor) != each.proposed_by_key,
            )
            for each in found
        ],
    }
    return render(request, "costs/definitions.html", context)


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a proposed version."""
    actor = actor_of(request)
    found = get_object_or_404(RatioDefinition.objects.visible_to(actor), pk=pk)
    try:
        approve_definition(actor, definition=found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("定義を承認しました。"))
    return redirect("costs:definitions")
