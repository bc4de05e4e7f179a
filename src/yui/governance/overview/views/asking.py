"""What every page of the room asks first: for which month, and which ward is set beside the others."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse

from yui.governance.indicators.public import UnknownMonth, UnknownWard
from yui.governance.overview.panels.views import VIEWS
from yui.governance.overview.queries.question import Question, ask
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.ui.asking import actor_of

LONGEST = 20
"""Characters of a month or a code that are read; anything longer is neither."""


def asked(request: HttpRequest) -> Question:
    """Return what the address asks for; answers 404 to an unknown ward or month.

    Figures of all wards are for those who work for one of them: anybody else is refused.
    """
    actor = actor_of(request)
    if not actor.is_member:
        raise PermissionRefused(actor, Verb.VIEW)
    month, ward = request.GET.get("month", ""), request.GET.get("ward")
    if len(month) > LONGEST or len(ward or "") > LONGEST:
        raise Http404
    try:
        return ask(actor, month, ward)
    except (UnknownMonth, UnknownWard) as error:
        raise Http404(str(error)) from error


@dataclass(frozen=True)
class LinkedKind:
    """A view as the tabs show it."""

    code: str
    title: str
    lead: str
    url: str
    is_current: bool


def kinds_with_addresses(current: str = "") -> list[LinkedKind]:
    """Return the four views with their addresses; ``current`` is the code of the one on the page."""
    return [
        LinkedKind(code, str(kind.title), str(kind.lead), reverse(f"overview:{code}"), code == current)
        for code, kind in VIEWS.items()
    ]
