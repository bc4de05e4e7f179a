"""基準値: how many proposals a ward had in the baseline year, frozen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel
from yui.kernel.scope.people import person_field
from yui.people.practices.models.proposal import ProposalKind


class BaselineSource(models.TextChoices):
    """Where the figure comes from."""

    COUNTED = "counted", _("記録から数えた")
    STATED = "stated", _("申告")


class ProposalBaseline(ScopedModel):
    """The number of proposals of one kind in one fiscal year, by one definition of what counts.

    Once frozen it is never changed (a trigger of the database refuses). Whoever counts otherwise writes a
    new definition with the next version, which starts a new series.
    """

    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("種別"), max_length=12, choices=ProposalKind.choices)
    version = models.PositiveSmallIntegerField(_("定義の版"), default=1)
    definition = models.TextField(_("数え方"), max_length=2000)
    count = models.PositiveIntegerField(_("件数"))
    source = models.CharField(_("出所の種類"), max_length=8, choices=BaselineSource.choices)
    source_note = models.CharField(_("出所"), max_length=300, blank=True)
    frozen_at = models.DateTimeField(_("固定した日時"))
    frozen_by = person_field(_("固定した人"))

    class Meta(ScopedModel.Meta):
        verbose_name = _("提案件数の基準値")
        ordering = ("organisation_id", "kind", "-version")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "kind", "version"), name="practices_baseline_once_per_version"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ProposalKind.values, version__gte=1) & ~Q(definition=""),
                name="practices_baseline_is_defined",
            ),
            models.CheckConstraint(
                condition=Q(source=BaselineSource.COUNTED, count__gte=1)
                | (Q(source=BaselineSource.STATED) & ~Q(source_note="")),
                name="practices_baseline_names_its_source",
                violation_error_message=_("申告する件数には出所を書いてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_kind_display()} {self.fiscal_year} v{self.version}"
