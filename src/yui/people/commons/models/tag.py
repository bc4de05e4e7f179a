"""Words under which questions are found and followed."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.tables.normalise import normalise_key


class Tag(models.Model):
    """One word; two spellings of it (width, case) are one tag. Shown only beside questions that one sees."""

    name = models.CharField(_("タグ"), max_length=40)
    key = models.CharField(max_length=80, unique=True, editable=False)

    class Meta:
        verbose_name = _("タグ")
        ordering = ("key",)
        constraints = [models.CheckConstraint(condition=~models.Q(key=""), name="commons_tag_says_something")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def key_of(cls, name: str) -> str:
        """Return what two spellings of one word have in common."""
        return normalise_key(re.sub(r"\A[\s##]+", "", name))[:80]
