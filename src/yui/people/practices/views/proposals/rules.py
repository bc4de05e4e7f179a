"""設定: a ward's categories, periods and number of staff."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yui.kernel.policy import Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of, attempt
from yui.organisations.public import StaffCount, record_staff_count
from yui.people.practices.forms_proposal_figures import CategoriesForm, PeriodsForm, StaffForm
from yui.people.practices.operations.proposals import (
    set_categories,
    set_periods,
)
from yui.people.practices.operations.proposals.stepping import days_of
from yui.people.practices.queries.proposals.listing import offered_categories
from yui.people.practices.views.proposals.access import chosen_organisation
from yui.people.practices.views.proposals.tabs import with_tabs


@login_required
def rules(request: HttpRequest) -> HttpResponse:
    """Show and change the rules of one organisation that the reader administers."""
    actor = actor_of(request)
    organisation, organisations = chosen_organisation(request, Verb.ADMINISTER)
    part = request.POST.get("part", "") if request.method == "POST" else ""
    forms = _forms(request, organisation, part)
    if request.method == "POST":
        if part not in forms:
            raise BadRequest(_("この操作はありません。画面を開き直してください。"))
        done, _nothing = attempt(forms[part], _operation(request, organisation, part, forms[part]))
        if done:
            messages.success(request, _("保存しました。"))
            return redirect(f"{reverse('practices:proposal-settings')}?organisation={organisation.code}")
    staff = StaffCount.objects.visible_to(actor).filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "organisations": organisations,
        "forms": forms,
        "staff": staff.order_by("-fiscal_year"),
    }
    status = 422 if part and forms[part].errors else 200
    return render(request, "practices/proposals/settings.html", with_tabs(request, context), status=status)


def _forms(request: HttpRequest, organisation: Organisation, part: str) -> dict[str, Form]:
    """Return the page's three forms, of which one may be bound."""

    def data(name: str) -> Any:
        return request.POST if part == name else None

    names = "\n".join(each.name for each in offered_categories(actor_of(request), organisation))
    return {
        "categories": CategoriesForm(data("categories"), initial={"names": names}),
        "periods": PeriodsForm(data("periods"), days=days_of(organisation)),
        "staff": StaffForm(data("staff")),
    }


def _operation(request: HttpRequest, organisation: Organisation, part: str, form: Form) -> Callable[[], Any]:
    actor = actor_of(request)
    if part == "categories":
        return lambda: set_categories(actor, organisation=organisation, names=form.cleaned_data["names"])
    if isinstance(form, PeriodsForm):
        return lambda: set_periods(actor, organisation=organisation, days=form.days())
    return lambda: record_staff_count(actor, ward=organisation, **form.cleaned_data)
