"""An organisation's own sign-in services."""

from allauth.socialaccount.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.scope.models import Organisation
from yui.organisations.access import actor_in, administered_organisation, page_context
from yui.organisations.discovery import ProviderUnusable, check_provider
from yui.organisations.forms import ProviderForm
from yui.organisations.models import IdentityProvider
from yui.organisations.operations.save_provider import save_provider
from yui.organisations.queries.members import providers_of


@login_required
def listing(request: HttpRequest, code: str) -> HttpResponse:
    """Show the services."""
    organisation = administered_organisation(request, code)
    rows = providers_of(actor_in(request), organisation)
    return render(request, "organisations/providers.html", page_context(request, organisation, rows=rows))


@login_required
def edit(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Add a service, or change one."""
    organisation = administered_organisation(request, code)
    provider = _provider(organisation, pk) if pk else None
    form = ProviderForm(request.POST or None, initial=ProviderForm.initial_of(provider))
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_provider(
                actor_in(request),
                organisation=organisation,
                provider=provider,
                fields=form.provider_fields(),
                secret=form.cleaned_data["secret"],
            )
            messages.success(request, _("認証サービスを保存しました。接続を確かめてください。"))
            return redirect("organisations:provider", code=code, pk=saved.pk)
        except ValidationError as error:
            form.add_error(None, error.messages)
    context = page_context(request, organisation, form=form, provider=provider)
    if provider is not None:
        callback = reverse("openid_connect_callback", kwargs={"provider_id": provider.slug})
        context["callback"] = request.build_absolute_uri(callback)
    return render(request, "organisations/provider.html", context)


@require_POST
@login_required
def test(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ask the service for its description and say whether Yui can sign people in with it."""
    organisation = administered_organisation(request, code)
    provider = _provider(organisation, pk)
    try:
        with get_adapter(request).get_requests_session() as session:
            check_provider(provider.issuer, session)
        messages.success(request, _("認証サービスにつながりました。"))
    except ProviderUnusable as error:
        messages.error(request, str(error))
    return redirect("organisations:provider", code=code, pk=pk)


def _provider(organisation: Organisation, pk: int) -> IdentityProvider:
    provider = IdentityProvider.objects.owned_by(organisation).filter(pk=pk).first()
    if provider is None:
        raise Http404
    return provider
