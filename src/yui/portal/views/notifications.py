"""通知: what happened in the reader's organisations."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.portal.queries.happenings import by_day, happenings


@login_required
@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """Show the last month, day by day."""
    found = happenings(request.actor, limit=200, own_only=True)  # type: ignore[attr-defined]
    return render(request, "portal/notifications.html", {"days": by_day(found)})
