"""What django-axes asks Yui: who was tried, from where, and which page a locked-out person sees."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from axes.helpers import get_cool_off, get_failure_limit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yui.organisations.models import User
from yui.organisations.models.user import normalise_email, normalise_username


def account_named(text: str) -> User | None:
    """Return the person with this employee id or address, if there is one."""
    by_id = User.objects.filter(username=normalise_username(text)).first()
    return by_id or User.objects.exclude(email="").filter(email=normalise_email(text)).first()


def tried_name(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Return the account that a sign-in is tried for, the same for its id and its address.

    So the failures of one account count together however it was written. An unknown name stays as typed.
    """
    given = credentials or {}
    text = given.get("username") or given.get("email") or given.get("login") or request.POST.get("login", "")
    account = account_named(str(text))
    return account.username if account else normalise_username(str(text))[:200]


def client_address(request: HttpRequest) -> str:
    """Return the caller's address, counting the trusted proxies (``YUI_TRUSTED_PROXIES``).

    Empty where there is no network connection: a Unix socket, or a sign-in made by a program.
    """
    if not request.META.get("REMOTE_ADDR"):
        return ""
    return get_adapter(request).get_client_ip(request)


def locked_out(
    request: HttpRequest, original_response: HttpResponse | None, credentials: Mapping[str, Any] | None
) -> HttpResponse:
    """Show that sign-in is closed for a while; the page is the same for known and unknown accounts."""
    cool_off = get_cool_off(request)
    minutes = int(cool_off.total_seconds() // 60) if cool_off else None
    context = {"minutes": minutes, "attempts": get_failure_limit(request, credentials)}
    return render(request, "organisations/locked_out.html", context, status=429)
