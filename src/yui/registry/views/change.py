"""記録: one change; asking for it, deciding on it, and reporting it as done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import Actor
from yui.kernel.ui.asking import actor_of, attempt, visible_or_404
from yui.registry.forms import ChangeForm, DecisionForm
from yui.registry.models import Change
from yui.registry.operations import approve_change, complete_change, decline_change, request_change
from yui.registry.policies import may_complete, may_decide
from yui.registry.views.access import own_organisation
from yui.registry.views.form_pages import add_page, part_form
from yui.registry.views.histories import told


def decide(actor: Actor, change: Change, step: str, words: str) -> None:
    """Take the step that the form asks for."""
    if step == "approve":
        approve_change(actor, change=change)
    elif step == "decline":
        decline_change(actor, change=change, reason=words)
    elif step == "complete":
        complete_change(actor, change=change, result=words)
    else:
        raise BadRequest(_("この操作はありません。画面を開き直してください。"))


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a change with the steps that the reader may take."""
    actor = actor_of(request)
    related = ("system__organisation", "requested_by", "decided_by")
    found: Change = visible_or_404(Change.objects.visible_to(actor).select_related(*related), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST":
        done, _nothing = attempt(
            form, lambda: decide(actor, found, request.POST.get("step", ""), form.cleaned_data["result"])
        )
        if done:
            messages.success(request, _("記録しました。"))
            return redirect(found)
    context = {
        "change": found,
        "form": form,
        "may_decide": may_decide(actor, found),
        "may_complete": may_complete(actor, found),
        "entries": told(history_of(urn("registry.change", pk)), Change),
    }
    return render(request, "registry/change.html", context, status=422 if form.errors else 200)


@login_required
def new_change(request: HttpRequest) -> HttpResponse:
    """Ask for a change; ``?system=`` names the system."""
    organisation = own_organisation(request)
    form = part_form(request, ChangeForm, organisation)
    return add_page(
        request,
        form,
        "registry/change_form.html",
        organisation=organisation,
        add=lambda: request_change(actor_of(request), system=form.cleaned_data["system"], facts=form.facts()),
        said=lambda _change: _("変更を申請しました。"),
    )
