"""通知: what was written to the reader, and what happened in the reader's organisations."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.notices.reading import mark_all_read, notices_for, open_notice
from yui.kernel.policy import Actor
from yui.portal.queries.happenings import by_day, happenings, joined
from yui.portal.queries.unread import count_anew, look


@login_required
@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """Show the reader's own notices, and the last month day by day, which from then on counts as seen."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    # The moment is taken before reading: what happens meanwhile stays new. HEAD looks at nothing.
    before = look(actor, request.session, timezone.now()) if request.method == "GET" else None
    found = happenings(actor, limit=200, own_only=True, read_up_to=before)
    new = sum(happening.is_new for happening in found)
    own = notices_for(actor)
    context = {
        "days": by_day(joined(found)),
        "new": new,
        "notices": own,
        "waiting": sum(each.read_at is None for each in own),
    }
    return render(request, "portal/notifications.html", context)


@login_required
@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what a notice is about; from then on it is read."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = open_notice(actor, pk)
    if found is None:
        raise Http404
    count_anew(request.session)
    return redirect(found.url)


@login_required
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Note that the reader has read all that waits."""
    mark_all_read(request.actor)  # type: ignore[attr-defined]
    count_anew(request.session)
    messages.success(request, _("すべて読んだことにしました。"))
    return redirect("portal:notifications")
