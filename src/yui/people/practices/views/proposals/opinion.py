"""意見: what the department in charge and the panel say."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.ui.asking import actor_of, attempt
from yui.people.practices.forms_proposals import OpinionForm
from yui.people.practices.operations.proposals import give_opinion
from yui.people.practices.policies_proposals import may_give_opinion, works_in_charge
from yui.people.practices.views.proposals.access import visible_proposal


@login_required
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, or write anew, the reader's own opinion."""
    actor, found = actor_of(request), visible_proposal(request, pk)
    if not may_give_opinion(actor, found):
        raise PermissionRefused(actor, Verb.EDIT)
    kind = "department" if works_in_charge(actor, found) else "panel"
    form = OpinionForm(request.POST or None, initial={"kind": kind})
    if request.method == "POST":
        done, _opinion = attempt(
            form,
            lambda: give_opinion(
                actor,
                proposal=found,
                kind=form.cleaned_data["kind"],
                words=form.cleaned_data["words"],
                recommendation=form.cleaned_data["recommendation"],
            ),
        )
        if done:
            messages.success(request, _("意見を記録しました。"))
            return redirect(found)
    context = {"form": form, "proposal": found}
    return render(request, "practices/proposals/opinion.html", context, status=422 if form.errors else 200)
