"""標準化対象20業務: the business areas whose systems the national standard covers."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class StandardBusinessArea(models.Model):
    """One of the twenty areas; reference data, the same for every ward."""

    code = models.CharField(_("業務コード"), max_length=2, unique=True)
    name_ja = models.CharField(_("業務名"), max_length=40, unique=True)
    name_en = models.CharField(_("業務名(英語)"), max_length=80)
    order = models.PositiveSmallIntegerField(_("並び順"), unique=True)

    class Meta:
        verbose_name = _("標準化対象業務")
        verbose_name_plural = _("標準化対象業務")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name_ja

    @property
    def name(self) -> str:
        """The area's name in the reader's language."""
        return self.name_en if (get_language() or "ja").startswith("en") else self.name_ja
