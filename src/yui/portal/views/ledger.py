"""台帳(監査): every recorded act of the organisations that the reader may audit."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.ledger.models import Entry
from yui.kernel.policy import Verb

PAGE_SIZE = 50


@login_required
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Show the newest entries; narrow them by the verb's beginning."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.organisation_ids_with(Verb.AUDIT):
        raise PermissionDenied
    verb = request.GET.get("verb", "").strip()
    entries = Entry.objects.visible_to(actor).order_by("-at_us", "-sequence")
    if verb:
        entries = entries.filter(verb__startswith=verb.replace("\x00", ""))
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "portal/ledger.html", {"page": page, "verb": verb})
