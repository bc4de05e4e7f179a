"""Exchange rates: the list, and entering one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import OrganisationKind
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.forms import RateForm
from yui.transition.costs.models import ExchangeRate
from yui.transition.costs.operations.set_exchange_rate import set_exchange_rate


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rates(request: HttpRequest) -> HttpResponse:
    """Show the rates of every month; the staff of a joint body may set them."""
    actor = actor_of(request)
    bodies = [
        body for body in organisations_with(actor, Verb.EDIT) if body.kind == OrganisationKind.JOINT_BODY
    ]
    form = RateForm(bodies, request.POST or None) if bodies else None
    if request.method == "POST":
        if form is None:
            raise PermissionRefused(actor, Verb.EDIT)
        if form.is_valid():
            try:
                set_exchange_rate(actor, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
            else:
                messages.success(request, _("為替レートを入力しました。"))
                return redirect("costs:rates")
    return render(request, "costs/rates.html", {"form": form, "rates": ExchangeRate.objects.all()[:120]})
