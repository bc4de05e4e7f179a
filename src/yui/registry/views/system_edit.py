"""登録・編集: the form of an information system."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.kernel.ui.asking import actor_of, attempt
from yui.registry.forms import SystemForm
from yui.registry.models import InformationSystem
from yui.registry.operations import register_system, update_system
from yui.registry.views.access import own_organisation, require_edit, visible_system


@login_required
def new_system(request: HttpRequest) -> HttpResponse:
    """Register a system."""
    actor, organisation = actor_of(request), own_organisation(request)
    form = SystemForm(
        request.POST or None,
        actor=actor,
        organisation=organisation,
        instance=InformationSystem(organisation=organisation),
    )
    if request.method == "POST":
        done, system = attempt(
            form, lambda: register_system(actor, organisation=organisation, facts=form.facts())
        )
        if done and system is not None:
            messages.success(request, _("情報システム「%(name)s」を登録しました。") % {"name": system.name})
            return redirect(system)
    context = {"form": form, "organisation": organisation}
    return render(request, "registry/system_form.html", context, status=422 if form.errors else 200)


@login_required
def edit_system(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a system."""
    system = visible_system(request, pk)
    require_edit(request, system.organisation)
    actor = actor_of(request)
    form = SystemForm(request.POST or None, actor=actor, organisation=system.organisation, instance=system)
    if request.method == "POST":
        done, changed = attempt(
            form, lambda: update_system(actor, system=system, facts=form.facts(), basis=form.given_basis)
        )
        if done:
            messages.success(request, _("更新しました。") if changed else _("変わったところはありません。"))
            return redirect(system)
        system = visible_system(request, pk)
    context = {"form": form, "organisation": system.organisation, "system": system}
    return render(request, "registry/system_form.html", context, status=422 if form.errors else 200)
