"""登録・編集: the form of an information system."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yui.kernel.ui.asking import actor_of
from yui.registry.forms import SystemForm
from yui.registry.models import InformationSystem
from yui.registry.operations import register_system, update_system
from yui.registry.views.access import own_organisation, require_edit, visible_system
from yui.registry.views.form_pages import add_page, change_page

TEMPLATE = "registry/system_form.html"


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
    return add_page(
        request,
        form,
        TEMPLATE,
        organisation=organisation,
        add=lambda: register_system(actor, organisation=organisation, facts=form.facts()),
        said=lambda system: _("情報システム「%(name)s」を登録しました。") % {"name": system.name},
    )


@login_required
def edit_system(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a system."""
    system = visible_system(request, pk)
    require_edit(request, system.organisation)
    actor = actor_of(request)
    form = SystemForm(request.POST or None, actor=actor, organisation=system.organisation, instance=system)
    return change_page(
        request,
        form,
        TEMPLATE,
        organisation=system.organisation,
        shown=("system", system),
        update=lambda: update_system(actor, system=system, facts=form.facts(), basis=form.given_basis),
        again=lambda: visible_system(request, pk),
    )
