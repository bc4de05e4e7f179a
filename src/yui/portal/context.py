"""What the portal adds to every page: the number beside the bell."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from yui.kernel.policy import Actor
from yui.portal.queries.unread import MOST, unread_now_and_then


def bell(request: HttpRequest) -> dict[str, Any]:
    """Return ``notification_count``: read where the page shows it, empty where nothing is new."""
    return {"notification_count": SimpleLazyObject(lambda: _shown(request))}


def _shown(request: HttpRequest) -> str:
    actor: Actor | None = getattr(request, "actor", None)
    session = getattr(request, "session", None)
    if actor is None or session is None or not actor.is_member:
        return ""
    count = unread_now_and_then(actor, session)
    return f"{MOST}+" if count > MOST else str(count or "")
