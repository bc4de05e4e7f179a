"""効果: what a proposal that was carried out changed, measured, and looked at again."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedChild
from yui.kernel.scope.people import person_field
from yui.people.practices.engine.effects import EffectUnit, saving_of
from yui.people.practices.models.method_grade import MethodGrade
from yui.people.practices.models.proposal import Proposal
from yui.people.practices.models.proposal_scoping import ProposalScopedManager

NOT_NEGATIVE = (MinValueValidator(0),)
TENTH = Decimal("0.1")


class EffectPhase(models.TextChoices):
    """When the effect was looked at."""

    FIRST = "first", _("はじめの測定")
    SIX_MONTHS = "six_months", _("6か月後")
    TWELVE_MONTHS = "twelve_months", _("12か月後")


def _minutes(title: Any) -> models.DecimalField:
    return models.DecimalField(
        title, max_digits=8, decimal_places=1, null=True, blank=True, validators=NOT_NEGATIVE
    )


class ProposalEffect(ScopedChild):
    """One look at the effect. Yen are savings: positive where less is spent than before.

    ``minutes_before`` and ``minutes_after`` are those of one case; ``volume`` cases come in a year.
    """

    scope_path = "proposal"

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="effects", verbose_name=_("改善提案")
    )
    phase = models.CharField(_("時点"), max_length=14, choices=EffectPhase.choices)
    minutes_before = _minutes(_("1件の時間(前、分)"))
    minutes_after = _minutes(_("1件の時間(後、分)"))
    volume = models.PositiveIntegerField(_("件数(年)"), null=True, blank=True)
    yen_once = models.BigIntegerField(_("経費の削減(一時、円)"), null=True, blank=True)
    yen_yearly = models.BigIntegerField(_("経費の削減(円/年)"), null=True, blank=True)
    errors_before = models.PositiveIntegerField(_("誤りの件数(前、年)"), null=True, blank=True)
    errors_after = models.PositiveIntegerField(_("誤りの件数(後、年)"), null=True, blank=True)
    waiting_before = _minutes(_("区民の待ち時間(前、分)"))
    waiting_after = _minutes(_("区民の待ち時間(後、分)"))
    grade = models.CharField(_("測り方"), max_length=10, choices=MethodGrade.choices)
    method = models.TextField(_("測り方の説明"), max_length=2000, blank=True)
    measured_on = models.DateField(_("測った日"))
    recorded_by = person_field(_("記録した人"))

    objects: ClassVar[Any] = ProposalScopedManager()

    class Meta(ScopedChild.Meta):
        verbose_name = _("提案の効果")
        ordering = ("measured_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("proposal", "phase"), name="practices_proposal_effect_once_per_phase"
            ),
            models.CheckConstraint(
                condition=Q(phase__in=EffectPhase.values) & Q(grade__in=MethodGrade.values),
                name="practices_proposal_effect_words_known",
            ),
            models.CheckConstraint(
                condition=Q(minutes_before__isnull=True, minutes_after__isnull=True, volume__isnull=True)
                | Q(minutes_before__isnull=False, minutes_after__isnull=False, volume__isnull=False),
                name="practices_proposal_effect_time_is_whole",
                violation_error_message=_("時間の効果は、前と後の時間と件数をすべて入れてください。"),
            ),
            models.CheckConstraint(
                condition=Q(minutes_before__isnull=False)
                | Q(yen_once__isnull=False)
                | Q(yen_yearly__isnull=False)
                | Q(errors_before__isnull=False, errors_after__isnull=False)
                | Q(waiting_before__isnull=False, waiting_after__isnull=False),
                name="practices_proposal_effect_says_something",
                violation_error_message=_("効果を1つは入れてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.get_phase_display()}"

    @property
    def hours(self) -> Decimal | None:
        """Hours saved in a year to the tenth, None where no time was measured."""
        if self.minutes_before is None or self.minutes_after is None:
            return None
        unit = EffectUnit.MINUTES_PER_CASE
        hours = saving_of(unit, self.minutes_before, self.minutes_after, self.volume).hours
        return None if hours is None else hours.quantize(TENTH, rounding=ROUND_HALF_UP)
