"""記録: one outage; noting, correcting and closing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import now
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.ui.asking import actor_of, attempt, visible_or_404
from yui.registry.forms import CloseOutageForm, OutageForm
from yui.registry.models import Outage
from yui.registry.operations import close_outage, open_outage, update_outage
from yui.registry.policies import may_edit
from yui.registry.views.access import own_organisation, require_edit
from yui.registry.views.form_pages import add_page, change_page, part_form
from yui.registry.views.histories import told


def visible_outage(request: HttpRequest, pk: int) -> Outage:
    """Return an outage that the reader may see, or answer 404."""
    outages = Outage.objects.visible_to(actor_of(request)).select_related("system__organisation")
    found: Outage = visible_or_404(outages, pk=pk)
    return found


@login_required
def outage(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an outage; while it lasts, it can be closed here."""
    found = visible_outage(request, pk)
    form = CloseOutageForm(request.POST or None, initial={"ended_at": now()})
    if request.method == "POST":
        require_edit(request, found.system.organisation)
        done, _nothing = attempt(
            form, lambda: close_outage(actor_of(request), outage=found, **form.cleaned_data)
        )
        if done:
            messages.success(request, _("復旧を記録しました。"))
            return redirect(found)
    context = {
        "outage": found,
        "form": form,
        "may_edit": may_edit(actor_of(request), found.system.organisation),
        "entries": told(history_of(urn("registry.outage", pk)), Outage),
    }
    return render(request, "registry/outage.html", context, status=422 if form.errors else 200)


@login_required
def new_outage(request: HttpRequest) -> HttpResponse:
    """Note an outage; ``?system=`` names the system."""
    organisation = own_organisation(request)
    form = part_form(request, OutageForm, organisation, started_at=now())
    return add_page(
        request,
        form,
        "registry/outage_form.html",
        organisation=organisation,
        add=lambda: open_outage(actor_of(request), system=form.cleaned_data["system"], facts=form.facts()),
        said=lambda _outage: _("障害を登録しました。"),
    )


@login_required
def edit_outage(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an outage."""
    found = visible_outage(request, pk)
    organisation = found.system.organisation
    require_edit(request, organisation)
    actor = actor_of(request)
    form = OutageForm(
        request.POST or None, actor=actor, organisation=organisation, with_system=False, instance=found
    )
    return change_page(
        request,
        form,
        "registry/outage_form.html",
        organisation=organisation,
        shown=("outage", found),
        update=lambda: update_outage(actor, outage=found, facts=form.facts(), basis=form.given_basis),
        again=lambda: visible_outage(request, pk),
    )
