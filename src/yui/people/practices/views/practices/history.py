"""履歴: what the ledger tells of a practice."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import Verb, allows
from yui.kernel.ui.asking import actor_of
from yui.people.practices.views.practices.access import visible_practice
from yui.people.practices.views.practices.page import practice_page

READERS_OWN = frozenset({"practices.practice.thank", "practices.practice.follow"})
"""What readers do for themselves: nobody's business."""


@login_required
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the history."""
    found = visible_practice(request, pk)
    is_own = allows(actor_of(request), Verb.VIEW, found.organisation)
    entries = history_of(urn("practices.practice", pk)) if is_own else []
    entries = [entry for entry in entries if entry.verb not in READERS_OWN]
    return practice_page(request, found, "history.html", {"entries": entries, "is_own": is_own})
