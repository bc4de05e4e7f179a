"""利用方式: whether an account is used by its organisation alone or together with others."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel


class UseForm(models.TextChoices):
    """How a system is used on the shared platform."""

    SINGLE = "single", _("単独利用方式")
    JOINT = "joint", _("共同利用方式")


class AccountUse(ScopedModel):
    """What an organisation says about one of its billing accounts.

    Only needed where it cannot be told from an allocation: a joint service that bills each ward by itself.
    """

    provider = models.CharField(_("事業者"), max_length=200, blank=True)
    account = models.CharField(_("請求先"), max_length=200, blank=True)
    use_form = models.CharField(_("利用方式"), max_length=8, choices=UseForm.choices)

    class Meta(ScopedModel.Meta):
        verbose_name = _("利用方式")
        ordering = ("organisation", "provider", "account")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "provider", "account"), name="account_use_once"),
            models.CheckConstraint(condition=Q(use_form__in=UseForm.values), name="account_use_form"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.account} {self.use_form}"
