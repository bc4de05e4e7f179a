"""自区のアドレス: the address ranges of a ward, which would name it as the victim."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.security.soc.models.scoping import WatchedModel


class OwnNetwork(WatchedModel):
    """One range of addresses of a ward; no address in it becomes a sign that other wards are told."""

    network = models.CharField(_("アドレスの範囲(CIDR)"), max_length=49)

    class Meta(WatchedModel.Meta):
        verbose_name = _("自区のアドレス")
        ordering = ("network",)
        constraints = [
            models.UniqueConstraint(fields=("organisation", "network"), name="soc_own_network_unique")
        ]

    def __str__(self) -> str:
        return self.network
