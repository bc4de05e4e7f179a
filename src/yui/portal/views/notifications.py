"""通知: what happened in the reader's organisations."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yui.portal.queries.happenings import by_day, happenings
from yui.portal.queries.unread import look


@login_required
@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """Show the last month, day by day, what is new marked; from then on it counts as seen."""
    actor = request.actor  # type: ignore[attr-defined]
    # The moment is taken before reading: what happens meanwhile stays new. HEAD looks at nothing.
    before = look(actor, request.session, timezone.now()) if request.method == "GET" else None
    found = happenings(actor, limit=200, own_only=True, read_up_to=before)
    new = sum(happening.is_new for happening in found)
    return render(request, "portal/notifications.html", {"days": by_day(found), "new": new})
