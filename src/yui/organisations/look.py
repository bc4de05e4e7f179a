"""Carries a person's chosen look to the browser; pages read it from cookies."""

from django.conf import settings
from django.http import HttpResponse

from yui.kernel.ui.preferences import CHOICES, COOKIE_PREFIX
from yui.organisations.models import User

ONE_YEAR_SECONDS = 365 * 24 * 3600


def set_look_cookies(response: HttpResponse, user: User) -> None:
    """Set language, density, typeface and theme on a response, for one year."""
    chosen = {f"{COOKIE_PREFIX}{name}": str(getattr(user, name)) for name in CHOICES}
    chosen[settings.LANGUAGE_COOKIE_NAME] = user.language
    for name, value in chosen.items():
        response.set_cookie(
            name, value, max_age=ONE_YEAR_SECONDS, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
