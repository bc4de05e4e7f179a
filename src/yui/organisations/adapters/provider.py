"""Sign-in services of organisations (OpenID Connect).

A provider vouches only for its own organisation's people. An unknown identity is joined to a person by
address only when the address lies in the provider's domains, was not marked unverified, and the person
works in that organisation alone: otherwise whoever configures one ward's provider could sign in as
somebody of another. A person with roles elsewhere joins the identity while signed in.
"""

from functools import partial
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from yui.kernel.policy import Actor
from yui.organisations.models import IdentityProvider, Membership, User
from yui.organisations.models.user import normalise_email
from yui.organisations.operations.admit_from_provider import admit_from_provider

PROVIDER_KIND = "openid_connect"
TIMEOUT_SECONDS = 10


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Yui's answers to allauth's questions about outside identities."""

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return the enabled providers of active organisations."""
        rows = _enabled_providers()
        if provider and provider != PROVIDER_KIND:
            rows = rows.filter(slug=provider)
        if client_id:
            rows = rows.filter(client_id=client_id)
        return [_as_app(row) for row in rows]

    def get_requests_session(self) -> requests.Session:
        """Return a session for the provider's addresses: bounded in time, following no redirects."""
        session = requests.Session()
        session.request = partial(  # type: ignore[method-assign]
            session.request, timeout=TIMEOUT_SECONDS, allow_redirects=False
        )
        return session

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Tell whether the provider registers people at their first sign-in, and this one qualifies."""
        provider = _provider_of(sociallogin)
        return provider.creates_members and _trusted_email(provider, sociallogin) is not None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Join the identity to its person, or refuse with a page that says why."""
        provider = _provider_of(sociallogin)
        connecting = sociallogin.state.get("process") == "connect"
        if connecting and request.user.is_authenticated:
            _demand_member(request, provider, request.user)
        elif sociallogin.is_existing:
            _demand_member(request, provider, sociallogin.user)
        else:
            person = _person_vouched_for(provider, sociallogin)
            if person is not None:
                sociallogin.connect(request, person)
            elif not self.is_open_for_signup(request, sociallogin):
                _refuse(request, _("この認証サービスの利用者は、まだ職員として登録されていません。"))

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Register the person with the provider's role, and join the identity."""
        provider = _provider_of(sociallogin)
        data = sociallogin.account.get_provider_account().get_user_data() or {}
        person = admit_from_provider(
            Actor.system("identity-provider"),
            provider=provider,
            email=_trusted_email(provider, sociallogin) or "",
            name=str(data.get("name") or data.get("preferred_username") or ""),
        )
        sociallogin.user = person
        sociallogin.email_addresses = []
        sociallogin.save(request)
        return person

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, **kwargs: Any
    ) -> None:
        """Show a page that says what to do; what went wrong is in the log."""
        _refuse(request, _("認証サービスから正しい答えがありませんでした。もう一度サインインしてください。"))


def _enabled_providers() -> Any:
    rows = IdentityProvider.objects.unscoped("the sign-in page is for everybody")
    return rows.filter(is_enabled=True, organisation__is_active=True).select_related("organisation")


def _as_app(provider: IdentityProvider) -> SocialApp:
    return SocialApp(
        provider=PROVIDER_KIND,
        provider_id=provider.slug,
        name=provider.name,
        client_id=provider.client_id,
        secret=provider.client_secret,
        settings={"server_url": provider.issuer.rstrip("/"), "oauth_pkce_enabled": True},
    )


def _provider_of(sociallogin: SocialLogin) -> IdentityProvider:
    return _enabled_providers().get(slug=sociallogin.account.provider)


def _trusted_email(provider: IdentityProvider, sociallogin: SocialLogin) -> str | None:
    """Return the identity's address if it lies in the provider's domains and is not marked unverified."""
    data = sociallogin.account.get_provider_account().get_user_data() or {}
    email = normalise_email(str(data.get("email") or ""))
    domain = email.rpartition("@")[2]
    if not domain or data.get("email_verified") is False:
        return None
    return email if domain in {str(known).lower() for known in provider.email_domains} else None


def _roles_of(person: User) -> list[Membership]:
    return list(Membership.objects.unscoped("where the person works").filter(user=person).not_ended())


def _person_vouched_for(provider: IdentityProvider, sociallogin: SocialLogin) -> User | None:
    """Return the person with the trusted address who works in the provider's organisation alone."""
    email = _trusted_email(provider, sociallogin)
    person = User.objects.filter(email=email, is_active=True).first() if email else None
    if person is None:
        return None
    places = {role.organisation_id for role in _roles_of(person)}
    return person if places == {provider.organisation_id} else None


def _demand_member(request: HttpRequest, provider: IdentityProvider, person: User) -> None:
    if provider.organisation_id not in {role.organisation_id for role in _roles_of(person)}:
        _refuse(request, _("この認証サービスの団体に、あなたの役割がありません。"))


def _refuse(request: HttpRequest, reason: str) -> None:
    page = render(request, "organisations/sign_in_refused.html", {"reason": reason}, status=403)
    raise ImmediateHttpResponse(page)
