"""検知: the alert groups that belong to an incident."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yui.kernel.ui.asking import actor_of, told
from yui.security.soc.models import AlertGroup, AlertState
from yui.security.soc.operations.alerts.attach_alerts import attach_alerts
from yui.security.soc.operations.incidents import detach_alerts
from yui.security.soc.views.incidents.access import require_work, visible_incident
from yui.security.soc.views.incidents.page import incident_page

OFFERED = 30


@login_required
def incident_alerts(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the groups; the ward's open ones can be added, others taken out."""
    found = visible_incident(request, pk)
    actor = actor_of(request)
    if request.method == "POST":
        require_work(request, found)
        keys = [int(key) for key in request.POST.getlist("group")[:200] if key.isdecimal() and len(key) < 19]
        verb = detach_alerts if request.POST.get("step") == "detach" else attach_alerts
        told(request, lambda: verb(actor, incident=found, groups=keys), _("検知を変えました。"))
        return redirect("soc:incident-alerts", pk=pk)
    visible = AlertGroup.objects.visible_to(actor).filter(organisation=found.organisation)
    context = {
        "groups": list(visible.filter(incident=found).select_related("rule", "system")),
        "others": list(visible.filter(incident__isnull=True).exclude(state=AlertState.CLOSED)[:OFFERED]),
    }
    return incident_page(request, found, "alerts.html", context)
