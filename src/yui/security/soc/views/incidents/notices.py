"""区へのお知らせ: notes of incidents that the other wards may read, without whose they are."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.ui.asking import actor_of
from yui.security.soc.models import IncidentNote

NOTES = 50


@dataclass(frozen=True)
class WardNotice:
    """What another ward learns: when, what kind of incident, how far it may go, the words."""

    at: datetime
    category: str
    tlp: str
    text: str


@login_required
@require_safe
def ward_notices(request: HttpRequest) -> HttpResponse:
    """Show the notes meant for all wards, newest first."""
    if not actor_of(request).is_member:
        raise PermissionDenied
    notes = (
        IncidentNote.objects.unscoped("notes that were written for every ward; no ward is named in them")
        .filter(for_wards=True)
        .select_related("incident")
        .order_by("-written_at", "-id")
    )
    page = Paginator(notes, NOTES).get_page(request.GET.get("page"))
    notices = [
        WardNotice(
            note.written_at,
            str(note.incident.get_category_display()),
            str(note.get_tlp_display()),
            note.text,
        )
        for note in page.object_list
    ]
    return render(request, "soc/incidents/notices.html", {"page": page, "notices": notices})
