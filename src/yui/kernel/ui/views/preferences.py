"""Keeps the reader's choices about the look."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from yui.kernel.ui.preferences import CHOICES, COOKIE_PREFIX

YEAR_SECONDS = 365 * 24 * 3600


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Store each offered choice that was posted in a cookie and return to the page it came from."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target)
    for name, values in CHOICES.items():
        value = request.POST.get(name)
        if value in values:
            response.set_cookie(
                f"{COOKIE_PREFIX}{name}",
                value,
                max_age=YEAR_SECONDS,
                samesite="Lax",
                secure=request.is_secure(),
            )
    return response
