"""Which roll-up of an organisation stands, so that what was worked out from it may be kept."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import Organisation


class RollUpEdition(models.Model):
    """A name that the roll-up of an organisation gets anew whenever it is written.

    Figures kept under the editions of all organisations are never stale: a changed roll-up has other
    names. It holds nothing about costs, so it needs no owner of its own.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("団体")
    )
    name = models.CharField(_("版"), max_length=32)

    class Meta:
        verbose_name = _("月ごとのコストの版")
        ordering = ("organisation_id",)

    def __str__(self) -> str:
        return self.name


def renew_edition(organisation: Organisation) -> None:
    """Give the organisation's roll-up a new name, within the transaction that changes it."""
    RollUpEdition.objects.update_or_create(organisation=organisation, defaults={"name": uuid4().hex})


def editions() -> tuple[tuple[int, str], ...]:
    """Return the standing editions of all organisations."""
    return tuple(RollUpEdition.objects.values_list("organisation_id", "name"))
