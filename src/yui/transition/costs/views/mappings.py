"""Which lines belong to which system: the rules, what fits none, and a new rule."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.forms import MappingForm
from yui.transition.costs.models import MonthlyCost, SystemMapping
from yui.transition.costs.operations.map_system import map_system, unmap_system
from yui.transition.costs.queries.unmapped import unmapped_values


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mappings(request: HttpRequest) -> HttpResponse:
    """Show and add rules."""
    actor = actor_of(request)
    editable = organisations_with(actor, Verb.EDIT)
    initial = {name: request.GET[name] for name in ("column", "value") if name in request.GET}
    form = MappingForm(editable, request.POST or None, initial=initial) if editable else None
    if request.method == "POST":
        if form is None:
            raise PermissionRefused(actor, Verb.EDIT)
        if form.is_valid():
            try:
                map_system(actor, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
            else:
                messages.success(request, _("対応づけました。月ごとの合計も計算し直しました。"))
                return redirect("costs:mappings")
    context = {
        "form": form,
        "mappings": SystemMapping.objects.visible_to(actor).select_related("organisation"),
        "unmapped": unmapped_values(actor),
        "has_unmapped": MonthlyCost.objects.visible_to(actor).filter(system_code="").exists(),
    }
    return render(request, "costs/mappings.html", context)


@login_required
@require_POST
def remove_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a rule."""
    actor = actor_of(request)
    rules = SystemMapping.objects.visible_to(actor).select_related("organisation")
    mapping = get_object_or_404(rules, pk=pk)
    if not allows(actor, Verb.EDIT, mapping.organisation):
        raise PermissionRefused(actor, Verb.EDIT)
    unmap_system(actor, mapping=mapping)
    messages.success(request, _("対応づけをやめました。"))
    return redirect("costs:mappings")
