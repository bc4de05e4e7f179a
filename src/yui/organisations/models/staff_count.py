"""職員数: how many people work for a ward in a fiscal year, for figures per 100 staff."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel


class StaffCount(ScopedModel):
    """The number of staff of one ward in one fiscal year, with the paper it was taken from."""

    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    people = models.PositiveIntegerField(_("職員数(人)"))
    source = models.CharField(_("出所"), max_length=300)

    class Meta(ScopedModel.Meta):
        verbose_name = _("職員数")
        ordering = ("organisation_id", "-fiscal_year")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "fiscal_year"), name="organisations_staff_count_unique"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1) & ~Q(source=""),
                name="organisations_staff_count_says_something",
                violation_error_message=_("職員数と出所を入れてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.fiscal_year}: {self.people}"
