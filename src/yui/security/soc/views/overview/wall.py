"""大画面: the state of the watch for a room, readable from four metres; it renews itself."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import now
from yui.kernel.ui.asking import actor_of
from yui.security.soc.queries.overview.state import watch_state
from yui.security.soc.views.alerts.access import may_see_joint
from yui.security.soc.views.overview.overview import state_context


@login_required
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """Show the wall; the page asks for itself again when something happens, and every minute."""
    actor = actor_of(request)
    context = {**state_context(watch_state(actor, now())), "is_joint": may_see_joint(actor)}
    return render(request, "soc/overview/wall.html", context)
