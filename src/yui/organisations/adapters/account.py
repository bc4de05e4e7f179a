"""Accounts: no public sign-up, one message for every wrong sign-in, the reader's look after it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.organisations.look import set_look_cookies
from yui.organisations.models import User

WRONG_SIGN_IN = _("職員ID(またはメールアドレス)かパスワードが違います。")
QUIET_MESSAGES = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})


class AccountAdapter(DefaultAccountAdapter):
    """Yui's answers to allauth's questions about accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG_SIGN_IN,
        "email_password_mismatch": WRONG_SIGN_IN,
        "too_many_login_attempts": _("続けて間違えたため、しばらくサインインできません。5分待ってください。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: administrators register people."""
        return False

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Send the person on, with language, density, typeface and theme as chosen on any device."""
        response = super().post_login(request, user, **kwargs)
        set_look_cookies(response, user)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the work."""
        return str(settings.LOGIN_REDIRECT_URL)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return to the sign-in page."""
        return reverse("account_login")

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say nothing where the page itself shows what happened (signed in, signed out)."""
        template = kwargs.get("message_template") or (args[0] if args else None)
        if template not in QUIET_MESSAGES:
            super().add_message(request, level, *args, **kwargs)
