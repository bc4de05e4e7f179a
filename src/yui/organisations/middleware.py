"""Gives each request its actor, and holds sessions to their limits."""

import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yui.kernel.policy import Verb
from yui.organisations import session_limits
from yui.organisations.actors import actor_of
from yui.organisations.models import User

MFA_SEEN = "yui_mfa_seen"
API_PREFIX = "/api/"


class ActorMiddleware:
    """Sets ``request.actor`` (read on first use) and sends people where they must go first.

    In this order: a session that is idle or too old is signed out; a person whose roles have all ended
    sees a page that says so; a person who must change the password sees that page only; an administrator
    without a second factor sees the pages for it only, where ``YUI_REQUIRE_MFA`` is set.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as its actor."""
        request.actor = SimpleLazyObject(lambda: actor_of(request.user))  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        user = request.user
        now = time.time()
        if session_limits.is_over(request.session, now):
            logout(request)
            return self._ask_to_sign_in(request)
        if "text/event-stream" not in request.headers.get("Accept", ""):
            session_limits.touch(request.session, now)
        if not request.actor.is_member and not request.path.startswith(reverse("account_logout")):  # type: ignore[attr-defined]
            return render(request, "organisations/no_role.html", status=403)
        required = self._required_page(request, user)
        if required and not self._is_reachable(request, required):
            return self._send_to(request, required)
        return self.get_response(request)

    def _required_page(self, request: HttpRequest, user: User) -> str | None:
        """Return the page that the person must deal with before all others."""
        if user.must_change_password:
            return reverse("account_change_password")
        if settings.YUI_REQUIRE_MFA and not request.session.get(MFA_SEEN):
            if not request.actor.organisation_ids_with(Verb.ADMINISTER):  # type: ignore[attr-defined]
                return None
            if not is_mfa_enabled(user):
                return reverse("mfa_index")
            request.session[MFA_SEEN] = True
        return None

    def _is_reachable(self, request: HttpRequest, required: str) -> bool:
        """Tell whether a page may be opened while another is required: that one, and signing out."""
        open_paths = [required, reverse("account_logout"), reverse("account_reauthenticate")]
        return any(request.path.startswith(path) for path in open_paths)

    def _ask_to_sign_in(self, request: HttpRequest) -> HttpResponse:
        """Answer a request of an ended session: a page asks to sign in, the API goes on as a stranger."""
        if request.path.startswith(API_PREFIX):
            return self.get_response(request)
        query = {"next": request.get_full_path()} if request.method == "GET" else {}
        return self._go(request, f"{reverse('account_login')}?{urlencode({'ended': '1', **query})}")

    def _send_to(self, request: HttpRequest, page: str) -> HttpResponse:
        if request.path.startswith(API_PREFIX):
            text = _("先に画面でサインインの設定を済ませてください。")
            return HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")
        return self._go(request, page)

    def _go(self, request: HttpRequest, address: str) -> HttpResponse:
        """Redirect a whole page, also from a request that htmx made for a part of one."""
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return redirect(address)
