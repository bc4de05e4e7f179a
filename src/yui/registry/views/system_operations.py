"""変更・障害・保守: what happened to one system, and what is planned."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.ui.asking import actor_of
from yui.registry.models import Change, MaintenanceWindow, Outage
from yui.registry.policies import may_edit
from yui.registry.views.access import visible_system

SHOWN = 20


@login_required
@require_safe
def system_operations(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the newest changes, outages and maintenance windows of a system."""
    system = visible_system(request, pk)
    actor = actor_of(request)
    context = {
        "system": system,
        "changes": Change.objects.visible_to(actor).filter(system=system)[:SHOWN],
        "outages": Outage.objects.visible_to(actor).filter(system=system)[:SHOWN],
        "windows": MaintenanceWindow.objects.visible_to(actor).filter(system=system)[:SHOWN],
        "shown": SHOWN,
        "may_edit": may_edit(actor, system.organisation),
    }
    return render(request, "registry/system_operations.html", context)
