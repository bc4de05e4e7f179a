"""What every page knows: navigation, language, look, whether the data is made up."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from yui import __version__
from yui.kernel.policy import Actor
from yui.kernel.ui.navigation import groups_for
from yui.kernel.ui.preferences import read_preferences


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the base template; asks the database nothing beyond ``request.actor``."""
    actor: Actor = getattr(request, "actor", None) or Actor.anonymous()
    return {
        "actor": actor,
        "navigation": SimpleLazyObject(lambda: groups_for(actor, request.path)),
        "language": get_language() or settings.LANGUAGE_CODE,
        "is_demonstration": settings.IS_DEMONSTRATION,
        "current_path": request.path,
        "yui_version": __version__,
        "organisation_name": organisation_name(actor),
        "preferences": read_preferences(request.COOKIES),
    }


def organisation_name(actor: Actor) -> str:
    """Return the name (or, where the membership holds none, the code) of the actor's first organisation."""
    for membership in actor.memberships:
        return str(getattr(membership, "organisation_name", "") or membership.organisation_code)
    return ""
