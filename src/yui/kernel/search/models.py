"""What waits to be folded into the index, and words that mean the same."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DirtyDocument(models.Model):
    """A record that changed since it was indexed; it is hidden from results until it is folded in."""

    urn = models.CharField(_("対象"), max_length=200, unique=True)
    marked_at = models.DateTimeField(_("時刻"))

    class Meta:
        verbose_name = _("検索に反映待ちの記録")

    def __str__(self) -> str:
        return self.urn


class Synonym(models.Model):
    """Two words of which each finds the other."""

    term = models.CharField(_("語"), max_length=60)
    equivalent = models.CharField(_("同じ意味の語"), max_length=60)

    class Meta:
        verbose_name = _("同義語")
        ordering = ("term", "equivalent")
        constraints = [
            models.UniqueConstraint(fields=["term", "equivalent"], name="synonym_pair_unique"),
            models.CheckConstraint(
                condition=~models.Q(term=models.F("equivalent"))
                & ~models.Q(term="")
                & ~models.Q(equivalent=""),
                name="synonym_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} = {self.equivalent}"
