"""廃止: take a system out of use."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import today
from yui.kernel.ui.asking import actor_of, attempt
from yui.registry.forms import RetireForm
from yui.registry.operations import retire_system
from yui.registry.views.access import require_edit, visible_system


@login_required
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the day and retire the system."""
    system = visible_system(request, pk)
    require_edit(request, system.organisation)
    form = RetireForm(request.POST or None, initial={"retired_on": today()})
    if request.method == "POST":
        done, _nothing = attempt(
            form,
            lambda: retire_system(
                actor_of(request), system=system, retired_on=form.cleaned_data["retired_on"]
            ),
        )
        if done:
            messages.success(request, _("情報システム「%(name)s」を廃止しました。") % {"name": system.name})
            return redirect(system)
    context = {"form": form, "system": system}
    return render(request, "registry/system_retire.html", context, status=422 if form.errors else 200)
