"""履歴: every change of each field of one system."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.registry.models import InformationSystem
from yui.registry.views.access import visible_system
from yui.registry.views.histories import told


@login_required
@require_safe
def system_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who changed what and when."""
    system = visible_system(request, pk)
    entries = told(history_of(urn("registry.system", pk)), InformationSystem)
    return render(request, "registry/system_history.html", {"system": system, "entries": entries})
