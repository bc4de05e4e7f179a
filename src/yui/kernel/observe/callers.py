"""Who may see inside: a program on this machine, or one that knows the token."""

import secrets
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host", "Via")


def is_trusted_caller(request: HttpRequest) -> bool:
    """Return whether the caller may see metrics and the details of health.

    A request that came through a proxy on this machine is not a local one, whatever its address says.
    """
    token = settings.METRICS_TOKEN
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if token and scheme.lower() == "bearer" and secrets.compare_digest(given.encode(), token.encode()):
        return True
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
