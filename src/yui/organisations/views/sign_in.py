"""The step from Yui to an organisation's own sign-in service."""

from urllib.parse import urlsplit

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect.views import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yui.organisations.adapters import ProviderAdapter


@login_not_required  # type: ignore[untyped-decorator]
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Ask before leaving (GET); then show a page that leads on (POST).

    allauth answers the POST with a redirect to the provider. Browsers refuse it after a form, because the
    page's policy lets forms lead to Yui only (``form-action 'self'``); a page with a link is allowed.
    """
    try:
        app = ProviderAdapter(request).get_app(request, provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    if request.method != "POST":
        return render(request, "organisations/leaving.html", {"provider": app})
    response = login(request, provider_id)
    address = response.headers.get("Location", "")
    if response.status_code != 302 or not urlsplit(address).netloc:
        return response
    return render(request, "organisations/leaving.html", {"provider": app, "address": address})
