"""An organisation's own sign-in service (OpenID Connect)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Role
from yui.kernel.scope.models import ScopedModel
from yui.organisations.encryption import decrypt, encrypt

CIPHER_PURPOSE = "idp-secret"


class IdentityProvider(ScopedModel):
    """One OpenID provider. The client secret is stored encrypted and never shown again."""

    slug = models.SlugField(_("識別名"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    issuer = models.URLField(_("発行者(issuer)のURL"), max_length=300)
    client_id = models.CharField(_("クライアントID"), max_length=200)
    encrypted_secret = models.TextField(blank=True, editable=False)
    email_domains = models.JSONField(_("メールのドメイン"), default=list, blank=True)
    is_enabled = models.BooleanField(_("使う"), default=False)
    creates_members = models.BooleanField(_("初めての人を自動で登録する"), default=False)
    default_role = models.CharField(
        _("自動で登録する人の役割"), max_length=20, choices=Role.choices, default=Role.VIEWER
    )

    class Meta(ScopedModel.Meta):
        verbose_name = _("認証サービス")
        verbose_name_plural = _("認証サービス")
        ordering = ["organisation_id", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(default_role__in=[Role.VIEWER, Role.OFFICER]),
                name="organisations_provider_default_role_is_low",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def client_secret(self) -> str:
        """The secret in clear, for the exchange with the provider only."""
        return decrypt(self.encrypted_secret, CIPHER_PURPOSE) if self.encrypted_secret else ""

    @client_secret.setter
    def client_secret(self, value: str) -> None:
        """Keep the secret encrypted."""
        self.encrypted_secret = encrypt(value, CIPHER_PURPOSE) if value else ""
