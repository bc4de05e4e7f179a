"""How far the figure of an effect can be trusted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MethodGrade(models.TextChoices):
    """How an effect was found out, from the weakest method to the strongest."""

    ESTIMATED = "estimated", _("推計")
    MEASURED = "measured", _("実測")
    COMPARED = "compared", _("比較あり")


MEASURED_GRADES = (MethodGrade.MEASURED, MethodGrade.COMPARED)
"""The grades whose figures count as measured."""
