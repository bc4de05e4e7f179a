"""出典: who published figures, where, and under which terms they may be used."""

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedModel, Visibility

CODE = RegexValidator(
    r"\A[0-9a-z][0-9a-z._-]{0,59}\Z", _("小文字の英字、数字、「.」「-」「_」で、60字までで書いてください。")
)


class Licence(models.TextChoices):
    """Terms under which a publisher lets its figures be used."""

    CC_BY_4 = "cc-by-4.0", "CC BY 4.0"
    PDL_1 = "pdl-1.0", _("公共データ利用規約(第1.0版)")
    GOVERNMENT_2 = "gov-2.0", _("政府標準利用規約(第2.0版)")
    OWN_TERMS = "own", _("独自の利用条件")
    UNKNOWN = "unknown", _("不明")


class Source(ScopedModel):
    """One publication, such as a yearly survey, kept by an organisation.

    ``is_illustrative`` says that its figures are made up (架空).
    """

    code = models.CharField(_("コード"), max_length=60, validators=[CODE])
    title = models.CharField(_("名称"), max_length=200)
    publisher = models.CharField(_("公表した機関"), max_length=120)
    address = models.CharField(
        _("アドレス"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    licence = models.CharField(_("利用条件"), max_length=10, choices=Licence.choices, default=Licence.UNKNOWN)
    licence_text = models.TextField(_("利用条件の本文"), max_length=2000, blank=True)
    note = models.TextField(_("備考"), max_length=2000, blank=True)
    is_illustrative = models.BooleanField(_("架空の例"), default=False)

    class Meta(ScopedModel.Meta):
        verbose_name = _("統計の出典")
        ordering = ("organisation__sort_order", "title", "code")
        constraints = [
            models.UniqueConstraint(fields=("code",), name="statistics_source_code_once"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(publisher="") & ~Q(code=""), name="statistics_source_is_named"
            ),
            models.CheckConstraint(
                condition=Q(licence__in=Licence.values), name="statistics_source_licence_known"
            ),
            models.CheckConstraint(
                condition=~Q(licence=Licence.OWN_TERMS) | ~Q(licence_text=""),
                name="statistics_own_terms_are_written",
                violation_error_message=_("独自の利用条件のときは、その本文を書いてください。"),
            ),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.PARTICIPANTS),
                name="statistics_source_not_for_participants",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the source's page."""
        return record_address("statistics:source", self.pk)
