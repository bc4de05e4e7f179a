"""Words that several records of the SOC share: levels, log sources, the traffic light protocol."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """Sigma's levels (Sigma specification 2.1, "Level"), as numbers so that lists sort by them."""

    INFORMATIONAL = 0, _("参考")
    LOW = 1, _("低")
    MEDIUM = 2, _("中")
    HIGH = 3, _("高")
    CRITICAL = 4, _("重大")

    @classmethod
    def of_sigma(cls, word: str) -> "Level":
        """Return the level of Sigma's word; a rule that names none counts as medium."""
        return cls.__members__.get(word.strip().upper(), cls.MEDIUM)


class Tlp(models.TextChoices):
    """Traffic Light Protocol 2.0 (FIRST)."""

    CLEAR = "clear", "TLP:CLEAR"
    GREEN = "green", "TLP:GREEN"
    AMBER = "amber", "TLP:AMBER"
    AMBER_STRICT = "amber_strict", "TLP:AMBER+STRICT"
    RED = "red", "TLP:RED"
