"""点数: what an option is worth under a criterion, and the evidence for it."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yui.governance.priorities.engine.evidence import Strength
from yui.governance.priorities.models.priority_set import Criterion, Option, Round
from yui.kernel.scope.models import ScopedChild

LEAST, MOST, WIDEST = Decimal(1), Decimal(5), Decimal(2)


class EvidenceKind(models.TextChoices):
    """Kinds of evidence, strongest first."""

    STATISTICS = "statistics", _("公的統計")
    REPORT = "report", _("報告書")
    EXAMPLE = "example", pgettext_lazy("evidence", "事例")
    OPINION = "opinion", _("意見")


STRENGTHS: dict[str, Strength] = {
    EvidenceKind.STATISTICS: Strength.STATISTICS,
    EvidenceKind.REPORT: Strength.REPORT,
    EvidenceKind.EXAMPLE: Strength.EXAMPLE,
    EvidenceKind.OPINION: Strength.OPINION,
}


class Score(ScopedChild):
    """A score from 1 to 5 in one round; ``uncertainty`` is half the width within which it may lie."""

    scope_path = "round__priority_set"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="scores")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="+", verbose_name=_("選択肢"))
    criterion = models.ForeignKey(
        Criterion, on_delete=models.CASCADE, related_name="+", verbose_name=_("観点")
    )
    value = models.DecimalField(_("点数(1〜5)"), max_digits=2, decimal_places=1)
    uncertainty = models.DecimalField(_("幅(±)"), max_digits=2, decimal_places=1, default=Decimal(0))
    reason = models.TextField(_("理由"), max_length=2000, blank=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("点数")
        constraints = [
            models.UniqueConstraint(
                fields=("round", "option", "criterion"), name="priorities_one_score_per_cell"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=LEAST, value__lte=MOST),
                name="priorities_score_one_to_five",
                violation_error_message=_("点数は1から5までです。"),
            ),
            models.CheckConstraint(
                condition=Q(uncertainty__gte=0, uncertainty__lte=WIDEST),
                name="priorities_score_uncertainty_up_to_two",
                violation_error_message=_("幅は0から2までです。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option} {self.criterion} {self.value}"


class ScoreEvidence(ScopedChild):
    """根拠: what speaks for a score; ``address`` is a web address or the URN of a record."""

    scope_path = "score__round__priority_set"

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("種類"), max_length=12, choices=EvidenceKind.choices)
    title = models.CharField(_("根拠の名称"), max_length=200)
    address = models.CharField(_("アドレスまたはURN"), max_length=500, blank=True)
    published_on = models.DateField(_("公表日"), null=True, blank=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("根拠")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=EvidenceKind.values), name="priorities_evidence_kind_known"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="priorities_evidence_is_named"),
        ]

    def __str__(self) -> str:
        return self.title
