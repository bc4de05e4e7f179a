"""Saves an organisation's own sign-in service."""

from dataclasses import asdict, dataclass

from django.conf import settings

from yui.kernel.links import urn
from yui.kernel.operations import field_changes, field_values, operation, record
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.errors import CodeTaken, ProviderNotSecure
from yui.organisations.models import IdentityProvider
from yui.organisations.policies import require_administration


@dataclass(frozen=True)
class ProviderFields:
    """What an administrator writes about a provider; an empty secret leaves the stored one alone."""

    slug: str
    name: str
    issuer: str
    client_id: str
    email_domains: list[str]
    is_enabled: bool
    creates_members: bool
    default_role: str


@operation("organisations.provider.save")
def save_provider(
    actor: Actor,
    *,
    organisation: Organisation,
    provider: IdentityProvider | None,
    fields: ProviderFields,
    secret: str = "",
) -> IdentityProvider:
    """Save a provider of the organisation; ``provider`` is None for a new one.

    Raises:
        ProviderNotSecure: when the issuer is not reached by TLS.
        CodeTaken: when another provider has the slug.
        ValidationError: when a field is not valid.
    """
    require_administration(actor, organisation)
    if not fields.issuer.startswith("https://") and not settings.YUI_PROVIDERS_WITHOUT_TLS:
        raise ProviderNotSecure
    saved = provider or IdentityProvider(organisation=organisation)
    require_administration(actor, saved.organisation)
    everywhere = IdentityProvider.objects.unscoped("a slug is unique in the installation")
    if everywhere.filter(slug=fields.slug).exclude(pk=saved.pk).exists():
        raise CodeTaken(fields.slug)
    values = asdict(fields)
    before = field_values(saved, list(values)) if provider else {}
    for name, value in values.items():
        setattr(saved, name, value)
    if secret:
        saved.client_secret = secret
    saved.full_clean()
    saved.save()
    record(
        organisation,
        subject=urn("organisations.provider", saved.pk),
        summary=f"認証サービス「{saved.name}」の設定を保存しました",
        changes=field_changes(before, values),
        data={"secret_changed": bool(secret)},
    )
    return saved
